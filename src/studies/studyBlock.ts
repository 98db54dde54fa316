import type { PairSums } from "../statistics/pairs.js";
import type { CountedSums } from "../statistics/runTotals.js";

/**
 * Sums of a block of users in a study: plain data, bigints included, that can be sent and stored. A store keeps it unchanged: its
 * fields may change with any version.
 */
export interface StudyBlock {
  readonly users: number;
  /**
   * Sums in the order of the variants.
   * @internal
   */
  readonly variants: readonly CountedSums[];
  /**
   * Sums in the order of `pairsOf`.
   * @internal
   */
  readonly pairs: readonly PairSums[];
}

/** Returns the number of steps that a block's users took, under all variants. */
export function stepsIn({ variants }: StudyBlock): number {
  let steps = 0;
  for (const { usersPerStep } of variants) {
    for (let step = 0; step < usersPerStep.length; step++) steps += usersPerStep[step]!;
  }
  return steps;
}
