import type { Draws } from "../random/draws.js";
import type { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import type { ObservationOf, WorldTypes } from "./worldTypes.js";

/** In the order of the numbers by which kernels know them. */
export const RULES = ["first", "mix", "random"] as const;

/** A built-in policy: a rule that fills slates without learning. */
export interface BuiltInPolicy {
  /** What reports and the command line call it, for example "mix(2)". */
  readonly name: string;
  readonly rule: (typeof RULES)[number];
  /** Under the rule "mix": how many of the slate's documents come from the top of the ranking. */
  readonly fromTop: number | "all";
}

/** What a batch policy is given: users at the same step of their episodes, each at an index. To be read only. */
export interface BatchView<Observed = unknown> {
  /** The number of the user at each index. */
  readonly user: Uint32Array;
  /** Steps taken so far. */
  readonly step: number;
  /** As the batch environment of the world shows it. */
  readonly observation: Observed;
  /** Draws of the user at that index for this step: the same whatever other users there are. */
  draws(index: number): Draws;
}

/**
 * A policy in TypeScript that fills the slates of many users at once. Which users come together is not specified: a policy that
 * looks at each index alone, and keeps no memory, gives every user the same episode in all runs.
 */
export interface BatchPolicy<Observed = unknown> {
  /** What reports call it. */
  readonly name: string;
  /** Writes the positions of every slot, [index][slot]; they come in as -1. */
  fillSlates(view: BatchView<Observed>, slates: Int32Array): void;
}

/** What a run asks of an agent; every `Agent` has it. */
export interface EpisodicAgent<Observed> {
  /** The first slate of an episode, as positions. */
  beginEpisode(observation: Observed): ArrayLike<number>;
  /** The next slate; `reward` is what the last one brought. */
  step(reward: number, observation: Observed): ArrayLike<number>;
  /** The reward of the last slate, and what was seen after it. */
  endEpisode(reward: number, observation: Observed): void;
}

/** Where a user's agent finds its draws: under the run's seed, with the user's number as the episode's. */
export interface AgentSeed {
  readonly seed: string;
  readonly firstEpisode: number;
}

/** An agent of its own for every user: what it learns of one user it forgets with that user. */
export interface AgentPolicy<T extends WorldTypes = WorldTypes> {
  /** What reports call it. */
  readonly name: string;
  /** Makes the agent of one user. */
  createAgent(
    spaces: { readonly observationSpace: Space<ObservationOf<T>>; readonly actionSpace: Slate },
    seed: AgentSeed,
  ): EpisodicAgent<ObservationOf<T>>;
}

/** What fills the slates of a run in a world of those types. */
export type RunPolicy<T extends WorldTypes = WorldTypes> = BuiltInPolicy | BatchPolicy<T["batch"]> | AgentPolicy<T>;

export function isBatchPolicy(policy: object): policy is BatchPolicy<never> {
  return typeof Reflect.get(policy, "fillSlates") === "function";
}

export function isAgentPolicy(policy: object): policy is AgentPolicy<never> {
  return typeof Reflect.get(policy, "createAgent") === "function";
}
