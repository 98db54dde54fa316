import type { ComparedPair, Comparison } from "../montecarlo/comparison.js";

export type Interval = readonly [low: number, high: number];

/**
 * The interval of each pair's difference that is told. Where the comparison was to go on until all of them are narrow enough,
 * only the intervals of that rule hold for the place where it ended; else they are those that allow for the number of pairs.
 */
export function intervalsOf({ pairs, precision }: Pick<Comparison, "pairs" | "precision">): {
  readonly intervals: ReadonlyMap<ComparedPair, Interval>;
  readonly sequential: boolean;
} {
  const ruled = precision?.intervals ?? [];
  const sequential =
    ruled.length === pairs.length && pairs.every(({ a, b }, at) => ruled[at]!.of === `${b} against ${a}`);
  const intervals = pairs.map((pair, at): [ComparedPair, Interval] => {
    return [pair, sequential ? ruled[at]!.ci95 : pair.difference.simultaneousCi95];
  });
  return { intervals: new Map(intervals), sequential };
}

/** Whether an interval leaves out 0. NaN settles nothing. */
export function isSettled([low, high]: Interval): boolean {
  return low > 0 || high < 0;
}
