import type { Json } from "../check/json.js";
import type { UserDigest } from "../statistics/userDigest.js";
import type { WorldTypes } from "./worldTypes.js";

/** Result of one step of a user. */
export interface UserStep<Response = unknown> {
  /** Slot of the slate that was clicked; the slate's length for no click. */
  readonly choice: number;
  /** Responses, one for each slot. */
  readonly responses: readonly Response[];
  /** Reward of the step, in [-1e100, 1e100]. */
  readonly reward: number;
}

/** One user of a world, simulated step by step with the slates that are handed in. */
export interface SimulatedUser<T extends WorldTypes = WorldTypes> {
  /** Steps taken so far. */
  readonly time: number;
  readonly terminated: boolean;
  /** The state as metrics see it: plain data, to be read only. */
  readonly state: unknown;
  /** Returns the current observation of the user. */
  observe(): T["user"];
  /** The score of a document in the user's state, in [-1e100, 1e100], as the choice goes by it; where the world `hasScores`. */
  score(document: T["document"]): number;
  /** The mean reward of the next step with that slate, given the state; where the world `hasExpectedReward`. */
  expectedReward?(slate: readonly T["document"][]): number;
  /** Takes one step. `observed`: whether agents or metrics read the responses; if not, they need not be copies. Default: true. */
  step(slate: readonly T["document"][], observed?: boolean): UserStep<T["response"]>;
  /** Returns the probability that each slot of the last slate had of being clicked, no click last. Called after a step only. */
  choiceProbabilities(): readonly number[];
  /** Folds the last step into the user's digest: slot (the slate's full size for no click), reward, and the state after it. */
  foldStep(digest: UserDigest, slot: number, reward: number): void;
  /** Returns the numbers of the state in the digest, and their names. */
  stateNumbers(): readonly (readonly [name: string, value: number])[];
  /** Returns the fields of a trace for the state, and for the last step. */
  describeState(): T["tracedState"];
  describeStep(): T["tracedStep"];
  snapshot(): Json;
  /** Resumes from a snapshot, after `time` steps. Throws `InvalidInput` for anything else. */
  restore(snapshot: Json, time: number): void;
}
