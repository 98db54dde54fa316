import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import type { Json } from "../../check/json.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import type { Observation } from "../../spaces/observation.js";
import { Dict } from "../../spaces/records.js";
import { Sequence } from "../../spaces/sequence.js";
import type { Slate } from "../../spaces/slate.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent, CreateInnerAgent } from "../agent.js";
import { validatedAgent, openAgent } from "../validatedAgent.js";
import { fieldRules, isSameJson, readSnapshot, takeSnapshot, type Owner } from "../snapshots.js";
import { documentSpaceOf, observationParts, withUserSpace } from "../observationParts.js";
import { ShownDocuments } from "./shownDocuments.js";
import { agentMistake } from "./sufficientStatistics.js";

/** How long slates are held, and how their rewards are added up. */
export interface TemporalAggregationOptions {
  /** The agent below. */
  readonly agent: CreateInnerAgent;
  /** Steps that a slate is held for: an integer in [1, 65536]. */
  readonly aggregationPeriod: number;
  /** γ in [0, 1]: the i-th reward of a period counts γ^i. Default: 1, their sum. */
  readonly discount?: number;
  /** Taken off the first reward of a slate with other documents than the one before; at least 0. Default: 0. */
  readonly switchingCost?: number;
}

/** The user as the agent below the layer sees it when a switch costs something. */
export interface UserWithLastSlate {
  readonly rawObservation: unknown;
  /** The documents of the slate that is held; none at the beginning of an episode. */
  readonly lastSlate: readonly unknown[];
}

/** What is held, and what it brought so far. */
interface Period {
  /** Steps lived with the slate. */
  readonly time: number;
  readonly slate: number[];
  /** As they were shown when they were chosen, one for each position of the slate. */
  readonly documents: Json[];
  readonly reward: number;
  /** γ^time. */
  readonly weight: number;
}

const START: Period = { time: 0, slate: [], documents: [], reward: 0, weight: 1 };

/**
 * Lets an agent decide every so many steps, and holds its slate in between (RecSim's TemporalAggregationLayer, in which
 * nothing of this works). Documents are held where all of them are still on show, positions where not; a document is
 * known by what is shown of it. The agent is handed the period's rewards as one.
 */
export function temporalAggregation(options: TemporalAggregationOptions): CreateAgent {
  const given = readOnce("options", options, OPTIONS);
  refuse(optionMistakes(given));
  return validatedAgent("temporalAggregation", (spaces, opening) => new TemporalAggregation(spaces, opening, given));
}

class TemporalAggregation implements Agent {
  private readonly owner: Owner;
  private readonly actionSpace: Slate;
  private readonly period: number;
  private readonly discount: number;
  private readonly switchingCost: number;
  private readonly inner: Agent;
  private held: Period = START;

  constructor(spaces: AgentSpaces, opening: AgentOptions, options: TemporalAggregationOptions) {
    const { agent, aggregationPeriod, discount = 1, switchingCost = 0 } = options;
    this.owner = { agent: "temporalAggregation", settings: { aggregationPeriod, discount, switchingCost } };
    this.actionSpace = spaces.actionSpace;
    this.period = aggregationPeriod;
    this.discount = discount;
    this.switchingCost = switchingCost;
    this.inner = openAgent("agent", agent, switchingCost > 0 ? withLastSlate(spaces) : spaces, opening);
  }

  beginEpisode(observation: Observation): number[] {
    this.held = START;
    return this.hold(this.inner.beginEpisode(this.see(observation)), observation, 0);
  }

  step(reward: number, observation: Observation): number[] {
    this.count(reward);
    if (this.held.time < this.period) return this.again(observation);
    const slate = this.inner.step(this.held.reward, this.see(observation));
    return this.hold(slate, observation, this.switchingCost);
  }

  endEpisode(reward: number, observation: Observation): void {
    this.count(reward);
    this.inner.endEpisode(this.held.reward, this.see(observation));
    this.held = START;
  }

  snapshot(): Json {
    return takeSnapshot(this.owner, { ...this.held, inner: this.inner.snapshot() });
  }

  restore(snapshot: Json): void {
    const number = { rule: "a finite number", holds: Number.isFinite };
    const { inner, ...held } = readSnapshot<Period & { inner: Json }>(snapshot, this.owner, {
      time: fieldRules.word,
      slate: { rule: "a slate", holds: (value) => this.actionSpace.contains(value) },
      documents: { rule: "a list of documents", holds: Array.isArray },
      reward: number,
      weight: number,
      inner: { rule: "a snapshot", holds: (value) => value !== undefined },
    });
    const legal = held.documents.length === held.slate.length;
    refuse([legal ? undefined : expectedMistake("snapshot.documents", "as many as positions", held.documents)]);
    this.inner.restore(inner);
    this.held = held;
  }

  private count(reward: number): void {
    const { held, discount } = this;
    this.held = {
      ...held,
      time: held.time + 1,
      reward: held.reward + held.weight * reward,
      weight: held.weight * discount,
    };
  }

  private hold(given: readonly number[], { doc }: Observation, cost: number): number[] {
    const slate = Array.from(given);
    const shown = new ShownDocuments(doc);
    const documents = slate.map((position) => shown.at(position));
    const switched = !isSameJson(documents, this.held.documents);
    this.held = { ...START, slate: [...slate], documents, reward: switched ? 0 - cost : 0 };
    return slate;
  }

  private again({ doc }: Observation): number[] {
    const { slate, documents } = this.held;
    return new ShownDocuments(doc).find(slate, documents) ?? [...slate];
  }

  private see(observation: Observation): Observation {
    if (this.switchingCost === 0) return observation;
    const lastSlate = structuredClone(this.held.documents);
    return { ...observation, user: { rawObservation: observation.user, lastSlate } satisfies UserWithLastSlate };
  }
}

function withLastSlate(spaces: AgentSpaces): AgentSpaces {
  const lastSlate = new Sequence(documentSpaceOf(spaces), spaces.actionSpace.slateSize);
  return withUserSpace(spaces, new Dict({ rawObservation: observationParts(spaces).user, lastSlate }));
}

const OPTIONS = ["agent", "aggregationPeriod", "discount", "switchingCost"];

function optionMistakes(options: TemporalAggregationOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { agent, aggregationPeriod, discount = 1, switchingCost = 0 } = options;
  return [
    ...unknownFieldMistakes("option of temporalAggregation", options, OPTIONS),
    agentMistake("agent", agent),
    numberMistake("aggregationPeriod", aggregationPeriod, { min: 1, max: 65_536, integer: true }),
    numberMistake("discount", discount, { min: 0, max: 1 }),
    numberMistake("switchingCost", switchingCost, { min: 0 }),
  ];
}
