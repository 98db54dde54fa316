import type { PairSums } from "../statistics/pairs.js";
import type { CountedSums } from "../statistics/runTotals.js";

/** What a block of users adds up to in a study: plain data that can be sent and stored. */
export interface StudyBlock {
  readonly users: number;
  /** In the order of the variants. */
  readonly variants: readonly CountedSums[];
  /** In the order of `pairsOf`. */
  readonly pairs: readonly PairSums[];
}

/** The steps that a block's users took, under all variants. */
export function stepsIn({ variants }: StudyBlock): number {
  let steps = 0;
  for (const { usersPerStep } of variants) {
    for (let step = 0; step < usersPerStep.length; step++) steps += usersPerStep[step]!;
  }
  return steps;
}
