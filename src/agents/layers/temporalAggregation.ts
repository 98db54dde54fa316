import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import type { Json } from "../../check/json.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import type { Observation } from "../../spaces/observation.js";
import { Dict } from "../../spaces/records.js";
import { Sequence } from "../../spaces/sequence.js";
import type { Slate } from "../../spaces/slate.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent, CreateInnerAgent } from "../agent.js";
import { isEpisodeLearner, learnsFromEpisodes } from "../episodeLearners.js";
import { validatedAgent, openAgent } from "../validatedAgent.js";
import { fieldRules, isSameJson, readSnapshot, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import { documentSpaceOf, observationParts, withUserSpace } from "../observationParts.js";
import { CandidateReader } from "./candidateReader.js";
import { agentMistake } from "./sufficientStatistics.js";

/** Options of temporal aggregation: how long slates are held, and how their rewards are summed. */
export interface TemporalAggregationOptions {
  /** The agent below. */
  readonly agent: CreateInnerAgent;
  /** Steps that a slate is held for: an integer in [1, 65536]. */
  readonly aggregationPeriod: number;
  /** γ in [0, 1]: the i-th reward of a period counts γ^i. Default: 1, their sum. */
  readonly discount?: number;
  /** Cost taken off the first reward of a slate with other documents than the one before; at least 0. Default: 0. */
  readonly switchingCost?: number;
}

/** Observation of the user for the agent below the layer when a switch has a cost. */
export interface UserWithLastSlate {
  readonly rawObservation: unknown;
  /** The documents of the slate that is held; none at the beginning of an episode. */
  readonly lastSlate: readonly unknown[];
}

/** The slate that is held, and its rewards so far. */
interface Period {
  /** Steps taken with the slate. */
  readonly time: number;
  readonly slate: number[];
  /** Documents as observed when the slate was chosen, one for each of its positions. */
  readonly documents: Json[];
  readonly reward: number;
  /** γ^time. */
  readonly weight: number;
}

const START: Period = { time: 0, slate: [], documents: [], reward: 0, weight: 1 };

/**
 * Lets an agent decide every so many steps, and holds its slate in between (RecSim's TemporalAggregationLayer, in which
 * nothing of this works). Documents are held if all of them are still candidates, else positions; a document is identified by its
 * observation. The agent receives the rewards of the period as one.
 */
export function temporalAggregation(options: TemporalAggregationOptions): CreateAgent {
  const given = readOnce("options", options, OPTIONS);
  refuse(optionMistakes(given));
  const create = validatedAgent("temporalAggregation", (spaces, opening) => {
    return new TemporalAggregation(spaces, opening, given);
  });
  return learnsFromEpisodes(create, isEpisodeLearner(given.agent));
}

class TemporalAggregation implements Agent {
  private readonly header: SnapshotHeader;
  private readonly actionSpace: Slate;
  private readonly period: number;
  private readonly discount: number;
  private readonly switchingCost: number;
  private readonly inner: Agent;
  private held: Period = START;

  constructor(spaces: AgentSpaces, opening: AgentOptions, options: TemporalAggregationOptions) {
    const { agent, aggregationPeriod, discount = 1, switchingCost = 0 } = options;
    this.header = { agent: "temporalAggregation", settings: { aggregationPeriod, discount, switchingCost } };
    this.actionSpace = spaces.actionSpace;
    this.period = aggregationPeriod;
    this.discount = discount;
    this.switchingCost = switchingCost;
    this.inner = openAgent("agent", agent, switchingCost > 0 ? withLastSlate(spaces) : spaces, opening);
  }

  beginEpisode(observation: Observation): number[] {
    this.held = START;
    return this.hold(this.inner.beginEpisode(this.observe(observation)), observation, 0);
  }

  step(reward: number, observation: Observation): number[] {
    this.count(reward);
    if (this.held.time < this.period) return this.repeatSlate(observation);
    const slate = this.inner.step(this.held.reward, this.observe(observation));
    return this.hold(slate, observation, this.switchingCost);
  }

  endEpisode(reward: number, observation: Observation): void {
    this.count(reward);
    this.inner.endEpisode(this.held.reward, this.observe(observation));
    this.held = START;
  }

  snapshot(): Json {
    return takeSnapshot(this.header, { ...this.held, inner: this.inner.snapshot() });
  }

  restore(snapshot: Json): void {
    const number = { rule: "a finite number", holds: Number.isFinite };
    const { inner, ...held } = readSnapshot<Period & { inner: Json }>(snapshot, this.header, {
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
    const candidates = new CandidateReader(doc);
    const documents = slate.map((position) => candidates.at(position));
    const switched = !isSameJson(documents, this.held.documents);
    this.held = { ...START, slate: [...slate], documents, reward: switched ? 0 - cost : 0 };
    return slate;
  }

  private repeatSlate({ doc }: Observation): number[] {
    const { slate, documents } = this.held;
    return new CandidateReader(doc).find(slate, documents) ?? [...slate];
  }

  private observe(observation: Observation): Observation {
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
