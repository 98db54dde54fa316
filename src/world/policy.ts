import type { Draws } from "../random/draws.js";
import type { DocumentOrder } from "./documentOrder.js";
import type { SlatePlan } from "./slatePlan.js";
import type { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import type { ObservationOf, WorldTypes } from "./worldTypes.js";

/** In the order of the numbers by which kernels know them. */
export const RULES = ["first", "mix", "random", "optimal"] as const;

/** A built-in policy: a rule that fills slates without learning. */
export interface BuiltInPolicy {
  /** Name in reports and on the command line, for example "mix(2)". */
  readonly name: string;
  /** How it fills slates. */
  readonly rule: (typeof RULES)[number];
  /** How many of the slate's documents come from the top of the ranking, under the rule "mix". */
  readonly fromTop: number | "all";
  /** What the ranking goes by, under the rule "mix". Default: the world's own rank. */
  readonly by?: DocumentOrder;
  /**
   * What the rule "optimal" goes by.
   * @internal
   */
  readonly plan?: SlatePlan;
}

/** Input of a batch policy: users at the same step of their episodes, each at an index. Read-only. */
export interface BatchView<Observed = unknown> {
  /** The number of the user at each index. */
  readonly user: Uint32Array;
  /** Steps taken so far. */
  readonly step: number;
  /** Observation of these users, as in the batch environment of the world. */
  readonly observation: Observed;
  /** Draws of the user at that index for this step: the same whatever other users there are. */
  draws(index: number): Draws;
}

/**
 * A policy in TypeScript that fills the slates of many users at once. Which users come together is not specified: a policy that
 * looks at each index alone, and keeps no memory, gives every user the same episode in all runs.
 */
export interface BatchPolicy<Observed = unknown> {
  /** Name in reports. */
  readonly name: string;
  /**
   * Writes the positions of every slot, [index][slot]; they come in as -1. It may write the probability of each user's slate under the policy,
   * in (0, 1], into `propensities`, [index], which come in as NaN, for "not known"; traces and trajectories record them.
   */
  fillSlates(view: BatchView<Observed>, slates: Int32Array, propensities: Float64Array): void;
}

/** Methods of an agent that a run calls; every `Agent` has them. */
export interface EpisodicAgent<Observed> {
  /** The first slate of an episode, as positions. */
  beginEpisode(observation: Observed): ArrayLike<number>;
  /** The next slate; `reward` is what the last one brought. */
  step(reward: number, observation: Observed): ArrayLike<number>;
  /** Ends an episode with the reward of its last slate and the observation after it. */
  endEpisode(reward: number, observation: Observed): void;
  /**
   * Probability with which the agent, knowing what it knew, returned its last slate, in its order: a number in (0, 1], or NaN where it is not
   * known. Traces, trajectories and episode logs record it. Default: not known.
   */
  slatePropensity?(): number;
}

/** Says where a user's agent finds its draws: under the run's seed, with the user's number as the episode's. */
export interface AgentSeed {
  readonly seed: string;
  readonly firstEpisode: number;
}

/** An agent of its own for every user: what it learns of one user it forgets with that user. */
export interface AgentPolicy<T extends WorldTypes = WorldTypes> {
  /** Name in reports. */
  readonly name: string;
  /** Makes the agent of one user. */
  createAgent(
    spaces: { readonly observationSpace: Space<ObservationOf<T>>; readonly actionSpace: Slate },
    seed: AgentSeed,
  ): EpisodicAgent<ObservationOf<T>>;
}

/** Any policy for a run in a world of those types. */
export type RunPolicy<T extends WorldTypes = WorldTypes> = BuiltInPolicy | BatchPolicy<T["batch"]> | AgentPolicy<T>;

export function isBatchPolicy(policy: object): policy is BatchPolicy<never> {
  return typeof Reflect.get(policy, "fillSlates") === "function";
}

export function isAgentPolicy(policy: object): policy is AgentPolicy<never> {
  return typeof Reflect.get(policy, "createAgent") === "function";
}
