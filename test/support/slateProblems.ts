// Problems for slate optimizers, and what their answers are, by trying all slates.
import fc from "fast-check";
import type { SlateOptimizer } from "../../src/index.js";

/** Odds, odds of no click, values and slate size: the arguments of an optimizer. */
export type Problem = Parameters<SlateOptimizer>;

/** Problems with numbers of two kinds: odds of documents and of no click, and values. */
export function problems(
  weight: fc.Arbitrary<number>,
  value: fc.Arbitrary<number>,
  maxSlateSize = 6,
): fc.Arbitrary<Problem> {
  return fc
    .tuple(fc.array(fc.tuple(weight, value), { minLength: 1, maxLength: 6 }), weight, fc.integer({ min: 1, max: 6 }))
    .filter(([pairs, noClick]) => noClick > 0 || pairs.some(([odds]) => odds > 0))
    .map(([pairs, noClick, size]) => [
      pairs.map(([odds]) => odds),
      noClick,
      pairs.map(([, worth]) => worth),
      Math.min(size, pairs.length, maxSlateSize),
    ]);
}

/** Whole numbers, whose sums are exact, and which are often equal. */
export const whole = (maxSlateSize?: number) =>
  problems(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -4, max: 4 }), maxSlateSize);

/** Numbers of any magnitude, 0 among them. */
export const magnitude = fc
  .tuple(fc.constantFrom(0, 1e-320, 1e-300, 1e-20, 1e-3, 1, 7, 1e16, 1e300), fc.double({ min: 1, max: 9, noNaN: true }))
  .map(([scale, digits]) => scale * digits);
export const signed = fc.tuple(magnitude, fc.constantFrom(1, -1)).map(([size, sign]) => size * sign);
export const anyProblem = fc.oneof(whole(), problems(magnitude, signed));

/** All sets of so many positions, in ascending order. */
export function slatesOf(numCandidates: number, slateSize: number, from = 0): number[][] {
  if (slateSize === 0) return [[]];
  return Array.from({ length: numCandidates - from }, (_, i) => from + i).flatMap((first) =>
    slatesOf(numCandidates, slateSize - 1, first + 1).map((rest) => [first].concat(rest)),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Numerator and denominator of a slate's value; exact for whole numbers. */
export function ratioOf([weights, noClick, values]: Problem, slate: readonly number[]): [worth: number, total: number] {
  return [sum(slate.map((i) => weights[i]! * values[i]!)), sum(slate.map((i) => weights[i]!)) + noClick];
}

/** Whether the first slate is worth at least as much, without rounding; a slate without probabilities is worth least. */
export function isAtLeast(problem: Problem, one: readonly number[], other: readonly number[]): boolean {
  const [[worth, total], [otherWorth, otherTotal]] = [ratioOf(problem, one), ratioOf(problem, other)];
  return otherTotal === 0 || (total > 0 && worth * otherTotal >= otherWorth * total);
}
