import type { SimulatedUser } from "./simulatedUser.js";
import type { WorldTypes } from "./worldTypes.js";

/**
 * What the estimator "controlled" needs to know of a world under a policy: expectations from which numbers of mean zero are made.
 * A feature is a number of a user's state, 0 once the episode has ended. A term is a number of the candidates and the state whose mean,
 * given the state, is 0.
 */
export interface ControlVariates<T extends WorldTypes = WorldTypes> {
  readonly numFeatures: number;
  readonly numTerms: number;
  /** Mean of each feature over users before their first step. */
  readonly initialMeans: readonly number[];
  /** Writes the features of the user's state into `row`, from `at` on. */
  writeFeatures(user: SimulatedUser<T>, row: Float64Array, at: number): void;
  /** Writes the mean of each feature after a step with that slate, given the state before it. */
  writeNextMeans(user: SimulatedUser<T>, slate: readonly T["document"][], row: Float64Array, at: number): void;
  /** Writes the terms before a step with that slate. */
  writeTerms(
    user: SimulatedUser<T>,
    candidates: readonly T["document"][],
    slate: readonly T["document"][],
    row: Float64Array,
    at: number,
  ): void;
}
