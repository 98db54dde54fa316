import { addValue, noValues } from "./blockSums.js";
import type { ValueSums } from "./blockSums.js";
import { ValueTotals } from "./valueTotals.js";

/** Sums of the second return of a pair less the first, over the users of a block. */
export interface PairSums extends ValueSums {
  /** Users whose return was larger under the second, and smaller. */
  better: number;
  worse: number;
}

/** `first` and `second`: the same users' returns under each. */
export function pairSums(first: Float64Array, second: Float64Array): PairSums {
  const sums = { ...noValues(), better: 0, worse: 0 };
  for (let user = 0; user < first.length; user++) {
    const difference = second[user]! - first[user]!;
    addValue(sums, difference);
    if (difference > 0) sums.better += 1;
    else if (difference < 0) sums.worse += 1;
  }
  return sums;
}

/** Exact sums of paired differences over any number of blocks. */
export class PairTotals {
  readonly difference = new ValueTotals();
  better = 0;
  worse = 0;

  addSums(sums: PairSums): void {
    this.difference.addSums(sums);
    this.better += sums.better;
    this.worse += sums.worse;
  }
}
