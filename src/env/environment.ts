import type { Json } from "../check/json.js";
import type { Seed } from "../random/seedKey.js";
import type { Observation } from "../spaces/observation.js";
import type { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";

/** Where in the randomness of a run an observation stands, and what led to it. */
export interface Info {
  readonly seed: string;
  readonly user: number;
  /** Steps taken in this episode. */
  readonly step: number;
  /**
   * The ids of the candidates now on show, by position: running numbers of this user's documents from 0 on. Those that are shown
   * again keep their ids, however alike others look.
   */
  readonly documentIds: readonly number[];
  /** The chances that each slot of the last slate had of being clicked, no click last; null after a reset. */
  readonly choiceProbabilities: readonly number[] | null;
}

/** What a reset shows. */
export interface ResetResult<Obs> {
  readonly observation: Obs;
  readonly info: Info;
}

/** Gymnasium's five values, by name. */
export interface StepResult<Obs> {
  readonly observation: Obs;
  readonly reward: number;
  /** The user's episode is over. */
  readonly terminated: boolean;
  /** The episode would go on, but `maxSteps` was reached. */
  readonly truncated: boolean;
  readonly info: Info;
}

/** Whose episode a reset begins. */
export interface ResetOptions {
  /** The seed from here on. Default: the one before. */
  readonly seed?: Seed;
  /** The user to simulate, in [0, 2^32 - 1]. Default: the one after the last; after a new seed, the first. */
  readonly user?: number;
}

/** One user at a time, with Gymnasium's habits. */
export interface Environment<Obs extends Observation = Observation> {
  readonly observationSpace: Space<Obs>;
  readonly actionSpace: Slate;
  /** Begins the next user's episode, or that of the user asked for. Throws `InvalidInput`. */
  reset(options?: ResetOptions): ResetResult<Obs>;
  /** Takes one step with the slate. Throws `InvalidInput` unless an episode is open and the slate is in `actionSpace`. */
  step(slate: ArrayLike<number>): StepResult<Obs>;
  /** Where the environment stands, as plain data: small, as every draw has an address. */
  snapshot(): Json;
  /** Goes on from a snapshot. Throws `InvalidInput` for one of another world, and stays as it was. */
  restore(snapshot: Json): void;
  /** A second environment at the same point of the same episode: the same noise is ahead of both. */
  fork(): Environment<Obs>;
}
