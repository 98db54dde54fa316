import type { Json } from "../check/json.js";
import type { Seed } from "../random/seedKey.js";
import type { Observation } from "../spaces/observation.js";
import type { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";

/** Seed, user and step of an observation, and the choice probabilities of the step before it. */
export interface Info {
  /** The seed as text. */
  readonly seed: string;
  /** Number of the user. */
  readonly user: number;
  /** Steps taken in this episode. */
  readonly step: number;
  /**
   * Ids of the current candidates, by position: running numbers of this user's documents from 0 on. A document that stays among the
   * candidates keeps its id, even if others are equal to it.
   */
  readonly documentIds: readonly number[];
  /** Probability of a click on each slot of the last slate, no click last; null after a reset. */
  readonly choiceProbabilities: readonly number[] | null;
}

/** Result of a reset. */
export interface ResetResult<Obs> {
  readonly observation: Obs;
  readonly info: Info;
}

/** Gymnasium's five values, by name. */
export interface StepResult<Obs> {
  readonly observation: Obs;
  /** Reward of the step. */
  readonly reward: number;
  /** The user's episode is over. */
  readonly terminated: boolean;
  /** The episode would go on, but `maxSteps` was reached. */
  readonly truncated: boolean;
  readonly info: Info;
}

/** Options of a reset: seed and user of the episode. */
export interface ResetOptions {
  /** The seed from here on. Default: the one before. */
  readonly seed?: Seed;
  /** The user to simulate, in [0, 2^32 - 1]. Default: the one after the last; after a new seed, the first. */
  readonly user?: number;
}

/** Simulates one user at a time, with Gymnasium's conventions. */
export interface Environment<Obs extends Observation = Observation> {
  readonly observationSpace: Space<Obs>;
  readonly actionSpace: Slate;
  /** Begins the next user's episode, or that of the user asked for. Throws `InvalidInput`. */
  reset(options?: ResetOptions): ResetResult<Obs>;
  /** Takes one step with the slate. Throws `InvalidInput` unless an episode is open and the slate is in `actionSpace`. */
  step(slate: ArrayLike<number>): StepResult<Obs>;
  /** Returns the state of the environment as plain data. It is small, because random numbers are counter-based and need no state. */
  snapshot(): Json;
  /** Resumes from a snapshot. Throws `InvalidInput` for one of another world, and then changes nothing. */
  restore(snapshot: Json): void;
  /** A second environment at the same point of the same episode: the same noise is ahead of both. */
  fork(): Environment<Obs>;
}
