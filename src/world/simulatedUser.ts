import type { Json } from "../check/json.js";
import type { UserDigest } from "../statistics/userDigest.js";
import type { WorldTypes } from "./worldTypes.js";

/** What a user did in one step. */
export interface UserStep<Response = unknown> {
  /** Slot of the slate that was clicked; the slate's length for no click. */
  readonly choice: number;
  /** One for each slot. */
  readonly responses: readonly Response[];
  /** What the step was worth, in [-1e100, 1e100]. */
  readonly reward: number;
  /** The probability that each slot had of being clicked, no click last. */
  readonly choiceProbabilities: readonly number[];
}

/** One user of a world, simulated step by step with the slates that are handed in. */
export interface SimulatedUser<T extends WorldTypes = WorldTypes> {
  /** Steps taken so far. */
  readonly time: number;
  readonly terminated: boolean;
  /** The state as metrics see it: plain data, to be read only. */
  readonly state: unknown;
  /** What is observed of the user now. */
  observe(): T["user"];
  /** The mean reward of the next step with that slate, given the state; where the world `hasExpectedReward`. */
  expectedReward?(slate: readonly T["document"][]): number;
  /** `observed`: whether agents or metrics will look at the responses; if not, they need not be copies. Default: true. */
  step(slate: readonly T["document"][], observed?: boolean): UserStep<T["response"]>;
  /** Folds the last step into the user's digest: slot (the slate's full size for no click), reward, and the state after it. */
  foldStep(digest: UserDigest, slot: number, reward: number): void;
  /** The numbers of the state that the digest is folded over, and their names. */
  stateNumbers(): readonly (readonly [name: string, value: number])[];
  /** What a trace shows of the state, and of the last step. */
  describeState(): T["tracedState"];
  describeStep(): T["tracedStep"];
  snapshot(): Json;
  /** Resumes from a snapshot, after `time` steps. Throws `InvalidInput` for what is none. */
  restore(snapshot: Json, time: number): void;
}
