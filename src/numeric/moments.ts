import { roundFraction, type ExactSum, type Fraction } from "./exactSum.js";

/** Mean and spread of a sample. What too few observations leave undefined is NaN. */
export interface Moments {
  readonly mean: number;
  /** With n - 1 below the line. */
  readonly variance: number;
  /** Of the mean. */
  readonly standardError: number;
  /** Mean ± 1.959963984540054 standard errors: a 95 % interval where the mean is nearly normal. */
  readonly ci95: readonly [number, number];
  readonly min: number;
  readonly max: number;
}

/** 97.5 % point of the standard normal. */
const Z_95 = 1.959963984540054;

export function interval95(mean: number, standardError: number): [number, number] {
  return interval(mean, standardError, Z_95);
}

/** Mean ± z standard errors. */
export function interval(mean: number, standardError: number, z: number): [number, number] {
  return [mean - z * standardError, mean + z * standardError];
}

/** sum / count, rounded once. */
export function meanOf(sum: ExactSum, count: number): number {
  if (count === 0) return NaN;
  const { numerator, denominator } = sum.toFraction();
  return roundFraction({ numerator, denominator: denominator * BigInt(count) });
}

/** Sample variance from Σx and Σx²: (n·Σx² - (Σx)²) / (n·(n - 1)), in whole numbers until the end, so nothing cancels. */
export function varianceOf(sum: ExactSum, sumOfSquares: ExactSum, count: number): number {
  if (count < 2) return NaN;
  const n = BigInt(count);
  const first = sum.toFraction();
  const second = sumOfSquares.toFraction();
  const spread = n * second.numerator * first.denominator - first.numerator * first.numerator;
  return roundFraction(
    notNegative({ numerator: spread, denominator: n * (n - 1n) * first.denominator * second.denominator }),
  );
}

/** Sums of squares are rounded inside a block, so a spread of nothing may come out a hair below it. */
export function notNegative({ numerator, denominator }: Fraction): Fraction {
  return { numerator: numerator < 0n ? 0n : numerator, denominator };
}
