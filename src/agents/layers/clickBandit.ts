import { expectedMistake, objectMistake, oneOfMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import type { Json } from "../../check/json.js";
import { listOnce, readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { AGENT_STREAM } from "../../random/address.js";
import type { Observation } from "../../spaces/observation.js";
import { Dict } from "../../spaces/records.js";
import type { Space } from "../../spaces/space.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent, CreateInnerAgent } from "../agent.js";
import { banditAlgorithmNames, banditAlgorithms, type BanditAlgorithm } from "../bandits/algorithms.js";
import { scalingMistake } from "../bandits/armStatistics.js";
import { validatedAgent, openAgent } from "../validatedAgent.js";
import { Drawing, drawingRules, innerStream, MAX_INNER_AGENTS, nestingMistake, type DrawingState } from "../drawing.js";
import { readSnapshot, restoreAll, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import type { ClusterClicks } from "./clusterClickStatistics.js";
import { numClustersOf, observationParts } from "../observationParts.js";
import { agentMistake, type UserWithStatistics } from "./sufficientStatistics.js";

/** Options of a click bandit: its arms, and the algorithm that chooses among them. */
export interface ClickBanditOptions {
  /** One agent for each cluster, in the order of the clusters: from 2 to 256. */
  readonly arms: readonly CreateInnerAgent[];
  /** The bandit that chooses. Default: "ucb1". */
  readonly algorithm?: BanditAlgorithm;
  /** Factor on the width of what is not known, in [1e-6, 1e6]. Default: 1. */
  readonly optimismScaling?: number;
}

type Obs = Observation<UserWithStatistics<ClusterClicks>>;

/**
 * A bandit over agents, one for each cluster (RecSim's AbstractClickBanditLayer). An impression is a pull and a click its
 * reward. The arms fill the slate one after the other, highest score first; ties: higher index first. While some cluster has no
 * impression, those with the fewest come first. Clicks are those that `clusterClickStatistics` counts, so this layer goes right
 * below that one. Unlike RecSim's, Thompson sampling draws again at every step, and arms that together
 * cannot fill the slate show a shorter one.
 */
export function clickBandit(options: ClickBanditOptions): CreateAgent {
  const read = readOnce("options", options, OPTIONS);
  const given = read?.arms === undefined ? read : { ...read, arms: listOnce("arms", read.arms) };
  refuse(optionMistakes(given));
  return validatedAgent("clickBandit", (spaces, opening) => new ClickBandit(spaces, opening, given) as Agent);
}

class ClickBandit implements Agent<Obs> {
  private readonly header: SnapshotHeader;
  private readonly slateSize: number;
  private readonly algorithm: BanditAlgorithm;
  private readonly optimismScaling: number;
  private readonly drawing: Drawing;
  private readonly arms: readonly Agent[];

  constructor(spaces: AgentSpaces, opening: AgentOptions, options: ClickBanditOptions) {
    const { arms, algorithm = "ucb1", optimismScaling = 1 } = options;
    const { stream = AGENT_STREAM } = opening;
    refuse([...spacesMistakes(spaces, arms.length), nestingMistake(stream, arms.length)]);
    this.header = { agent: "clickBandit", settings: { arms: arms.length, algorithm, optimismScaling } };
    this.slateSize = spaces.actionSpace.slateSize;
    this.algorithm = algorithm;
    this.optimismScaling = optimismScaling;
    this.drawing = new Drawing(opening);
    this.arms = arms.map((create, arm) =>
      openAgent(`arms[${arm}]`, create, spaces, { ...opening, stream: innerStream(stream, arm) }),
    );
  }

  /** Begins an episode of all arms, which are in the order given if no clicks are counted yet. */
  beginEpisode(observation: Obs): number[] {
    const slates = this.arms.map((arm) => arm.beginEpisode(observation));
    const order = this.isNew(observation) ? this.arms.map((_, arm) => arm) : this.order(observation);
    return fillSlate(order, (arm) => slates[arm]!, this.slateSize);
  }

  step(reward: number, observation: Obs): number[] {
    return fillSlate(this.order(observation), (arm) => this.arms[arm]!.step(reward, observation), this.slateSize);
  }

  endEpisode(reward: number, observation: Obs): void {
    for (const arm of this.arms) arm.endEpisode(reward, observation);
    this.drawing.endEpisode();
  }

  snapshot(): Json {
    const arms = this.arms.map((arm) => arm.snapshot());
    return takeSnapshot(this.header, { ...this.drawing.state, inner: arms });
  }

  restore(snapshot: Json): void {
    const { inner, ...state } = readSnapshot<DrawingState & { inner: Json[] }>(snapshot, this.header, {
      ...drawingRules,
      inner: {
        rule: `${this.arms.length} snapshots`,
        holds: (value) => Array.isArray(value) && value.length === this.arms.length,
      },
    });
    restoreAll(this.arms, inner);
    this.drawing.state = state;
  }

  private isNew({ user }: Obs): boolean {
    return user.sufficientStatistics.impressionCount.every((count) => count === 0);
  }

  private order({ user }: Obs): number[] {
    const { impressionCount: pulls, clickCount: reward } = user.sufficientStatistics;
    const draws = this.drawing.next();
    if (pulls.includes(0)) return highestFirst(pulls.map((count) => -count));
    const t = pulls.reduce((sum, count) => sum + count, 0);
    const { optimismScaling } = this;
    return highestFirst(banditAlgorithms[this.algorithm]({ t, pulls, reward, optimismScaling }, draws));
  }
}

/** Returns the arms by descending score; ties: higher index first. */
function highestFirst(scores: readonly number[]): number[] {
  return scores
    .map((_, arm) => arm)
    .toSorted((one, other) => scores[one]! - scores[other]!)
    .toReversed();
}

/** Concatenates the slates of the arms, each position once; does not call arms for which the slate has no place. */
export function fillSlate(
  order: readonly number[],
  slateOf: (arm: number) => readonly number[],
  slateSize: number,
): number[] {
  const slate = new Set<number>();
  for (const arm of order) {
    if (slate.size >= slateSize) break;
    for (const position of slateOf(arm)) slate.add(position);
  }
  return [...slate].slice(0, slateSize);
}

function spacesMistakes(spaces: AgentSpaces, arms: number): (string | undefined)[] {
  const numClusters = numClustersOf(spaces);
  return [
    countsMistake(observationParts(spaces).user),
    arms === numClusters ? undefined : expectedMistake("arms", `one for each of ${numClusters} clusters`, arms),
  ];
}

/** Returns an error, with a remedy, unless the layer right above counts clicks. */
function countsMistake(user: Space<unknown>): string | undefined {
  const statistics: unknown = user instanceof Dict ? user.spaces["sufficientStatistics"] : undefined;
  const counts = statistics instanceof Dict ? Object.keys(statistics.spaces) : [];
  if (counts.includes("impressionCount") && counts.includes("clickCount")) return undefined;
  const isBelowLayer = user instanceof Dict && Object.hasOwn(user.spaces, "rawObservation");
  const remedy = isBelowLayer
    ? "put clickBandit right below clusterClickStatistics, and other layers above it"
    : "put clusterClickStatistics above";
  return expectedMistake("observationSpace", `counts of clicks: ${remedy}`, user);
}

const OPTIONS = ["arms", "algorithm", "optimismScaling"];

function optionMistakes(options: ClickBanditOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { arms, algorithm = "ucb1", optimismScaling = 1 } = options;
  const listed = Array.isArray(arms);
  const legal = listed && arms.length >= 2 && arms.length <= MAX_INNER_AGENTS;
  return [
    ...unknownFieldMistakes("option of clickBandit", options, OPTIONS),
    oneOfMistake("algorithm", algorithm, banditAlgorithmNames),
    scalingMistake(optimismScaling),
    legal
      ? undefined
      : expectedMistake("arms", `a list of 2 to ${MAX_INNER_AGENTS} makers of agents`, listed ? arms.length : arms),
    ...(legal ? arms.map((arm: unknown, i) => agentMistake(`arms[${i}]`, arm)) : []),
  ];
}
