import { expectedMistake, objectMistake, oneOfMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import type { Json } from "../../check/json.js";
import { readOnce, reading } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import type { Observation } from "../../spaces/observation.js";
import { Dict, isSpace } from "../../spaces/records.js";
import type { Space } from "../../spaces/space.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent, CreateInnerAgent } from "../agent.js";
import { isEpisodeLearner, learnsFromEpisodes } from "../episodeLearners.js";
import { validatedAgent, openAgent } from "../validatedAgent.js";
import { copyJson, readSnapshot, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import { observationParts, withUserSpace } from "../observationParts.js";

/**
 * How long statistics are kept: for an episode, as in RecSim, or as long as the agent. Under `evalMode` the latter begin every
 * episode as they were when the agent was opened or restored.
 */
/** How long a layer remembers: within an episode, or from user to user. */
export type Memory = "episode" | "lifetime";

/** Observation of the user for agents below the layer. */
export interface UserWithStatistics<Statistics> {
  readonly rawObservation: unknown;
  readonly sufficientStatistics: Statistics;
}

/** Defines statistics of observations. Statistics are plain data, and never changed: an update returns the next ones. */
export interface StatisticsDefinition<Statistics> {
  readonly name: string;
  readonly space: Space<Statistics>;
  /** Statistics before the first observation. */
  readonly initial: Statistics;
  /** The next statistics, after an observation. */
  update(statistics: Statistics, observation: Observation): Statistics;
  /** Settings that a snapshot holds: definitions with other settings refuse it. */
  readonly settings?: { readonly [name: string]: Json };
}

/** Options of a layer of statistics: the statistics, and the agent that receives them. */
export interface SufficientStatisticsOptions<Statistics> {
  /** The agent below. */
  readonly agent: CreateInnerAgent;
  /** Returns the definition of the statistics for the environment's spaces. */
  readonly statistics: (spaces: AgentSpaces) => StatisticsDefinition<Statistics>;
  /** How long is remembered: within an episode, or from user to user. Default: "episode". */
  readonly memory?: Memory;
}

/**
 * Keeps statistics of observations, and adds them to the observation of the user (RecSim's SufficientStatisticsLayer): the agent
 * below observes `user: { rawObservation, sufficientStatistics }`.
 */
export function sufficientStatistics<Statistics>(options: SufficientStatisticsOptions<Statistics>): CreateAgent {
  const given = readOnce("options", options, [...LAYER_OPTIONS, "statistics"]);
  refuse(optionMistakes(given));
  const create = validatedAgent(
    "sufficientStatistics",
    (spaces, opening) => new StatisticsLayer(spaces, opening, given),
  );
  return learnsFromEpisodes(create, given.memory === "lifetime" || isEpisodeLearner(given.agent));
}

interface LayerState<Statistics> {
  readonly statistics: Statistics;
  readonly learnt: Statistics;
  readonly inner: Json;
}

class StatisticsLayer<Statistics> implements Agent {
  private readonly header: SnapshotHeader;
  private readonly definition: StatisticsDefinition<Statistics>;
  private readonly learns: boolean;
  private readonly inner: Agent;
  /** Statistics at the beginning of an episode. */
  private learnt: Statistics;
  private kept: Statistics;

  constructor(spaces: AgentSpaces, opening: AgentOptions, options: SufficientStatisticsOptions<Statistics>) {
    const { agent, statistics, memory = "episode" } = options;
    const { user } = observationParts(spaces);
    this.definition = definitionOnce(statistics(spaces));
    refuse(definitionMistakes(this.definition));
    this.header = { agent: this.definition.name, settings: { ...this.definition.settings, memory } };
    this.learns = memory === "lifetime" && opening.evalMode !== true;
    this.learnt = this.definition.initial;
    this.kept = this.learnt;
    const userSpace = new Dict({ rawObservation: user, sufficientStatistics: this.definition.space });
    this.inner = openAgent("agent", agent, withUserSpace(spaces, userSpace), opening);
  }

  beginEpisode(observation: Observation): number[] {
    this.kept = this.learnt;
    return this.inner.beginEpisode(this.observe(observation));
  }

  step(reward: number, observation: Observation): number[] {
    return this.inner.step(reward, this.observe(observation));
  }

  endEpisode(reward: number, observation: Observation): void {
    this.inner.endEpisode(reward, this.observe(observation));
    this.kept = this.learnt;
  }

  snapshot(): Json {
    return takeSnapshot(this.header, { statistics: this.kept, learnt: this.learnt, inner: this.inner.snapshot() });
  }

  restore(snapshot: Json): void {
    const statisticsRule = {
      rule: `statistics of ${this.header.agent}`,
      holds: (value: unknown) => this.definition.space.contains(value),
    };
    const { statistics, learnt, inner } = readSnapshot<LayerState<Statistics>>(snapshot, this.header, {
      statistics: statisticsRule,
      learnt: statisticsRule,
      inner: { rule: "a snapshot", holds: (value) => value !== undefined },
    });
    this.inner.restore(inner);
    this.kept = statistics;
    this.learnt = learnt;
  }

  private observe(observation: Observation): Observation<UserWithStatistics<Statistics>> {
    this.kept = this.definition.update(copyJson(this.kept) as Statistics, observation);
    const statistics = reading("statistics", "plain data", this.kept, () => copyJson(this.kept)) as Statistics;
    if (this.learns) this.learnt = this.kept;
    return { ...observation, user: { rawObservation: observation.user, sufficientStatistics: statistics } };
  }
}

/** Reads the definition once and binds its `update`. */
function definitionOnce<Statistics>(definition: StatisticsDefinition<Statistics>): StatisticsDefinition<Statistics> {
  const given = readOnce("statistics", definition, ["name", "space", "initial", "update", "settings"]);
  if (objectMistake("statistics", given) !== undefined || typeof given.update !== "function") return given;
  return { ...given, update: (statistics, observation) => given.update.call(definition, statistics, observation) };
}

export const LAYER_OPTIONS = ["agent", "memory"];

/** Returns all errors in the options that all layers of statistics have. */
export function layerMistakes(kind: string, options: object, further: readonly string[] = []): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { agent, memory = "episode" } = options as { agent?: unknown; memory?: unknown };
  return [
    ...unknownFieldMistakes(`option of ${kind}`, options, [...LAYER_OPTIONS, ...further]),
    agentMistake("agent", agent),
    oneOfMistake("memory", memory as string, ["episode", "lifetime"]),
  ];
}

export function agentMistake(field: string, agent: unknown): string | undefined {
  return typeof agent === "function" ? undefined : expectedMistake(field, "a maker of agents", agent);
}

function optionMistakes(options: object): (string | undefined)[] {
  const { statistics } = (options ?? {}) as { statistics?: unknown };
  return [
    ...layerMistakes("sufficientStatistics", options, ["statistics"]),
    typeof statistics === "function" ? undefined : expectedMistake("statistics", "a function", statistics),
  ];
}

function definitionMistakes(definition: StatisticsDefinition<unknown>): (string | undefined)[] {
  const noObject = objectMistake("statistics", definition);
  if (noObject !== undefined) return [noObject];
  const { name, space, initial, update } = definition;
  return [
    typeof name === "string" && name !== "" ? undefined : expectedMistake("name", "a text that is not empty", name),
    isSpace(space) && space.contains(initial)
      ? undefined
      : expectedMistake("space", "a space that contains initial", initial),
    typeof update === "function" ? undefined : expectedMistake("update", "a function", update),
  ];
}
