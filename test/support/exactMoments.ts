// Means, variances and errors by their textbook formulas in whole numbers, from all values: what the sums by blocks must come to.
import { roundFraction } from "../../src/numeric/exactSum.js";

/** All finite doubles are whole numbers of 2^-1074. */
const UNITS = 1074n;

/** A double as a whole number of 2^-1074, by doubling it until it is whole. */
export function unitsOf(x: number): bigint {
  let [whole, doublings] = [x, 0n];
  for (; !Number.isInteger(whole); doublings++) whole *= 2;
  return BigInt(whole) << (UNITS - doublings);
}

export function exactMean(xs: readonly number[]): number {
  const sum = xs.reduce((total, x) => total + unitsOf(x), 0n);
  return roundFraction({ numerator: sum, denominator: BigInt(xs.length) << UNITS });
}

/** Σ(x - mean)² / (n - 1). */
export function exactVariance(xs: readonly number[]): number {
  const n = BigInt(xs.length);
  const sum = xs.reduce((total, x) => total + unitsOf(x), 0n);
  const squares = xs.reduce((total, x) => total + (n * unitsOf(x) - sum) ** 2n, 0n);
  return roundFraction({ numerator: squares, denominator: (n * n * (n - 1n)) << (2n * UNITS) });
}

/** Of a mean over all values of all users: sqrt(N/(N - 1)·Σ(sᵤ - m·nᵤ)²)/Σnᵤ. */
export function exactClusteredError(users: readonly (readonly number[])[]): number {
  const count = BigInt(users.flat().length);
  const sums = users.map((xs) => xs.reduce((total, x) => total + unitsOf(x), 0n));
  const sum = sums.reduce((total, each) => total + each, 0n);
  const squares = sums.reduce(
    (total, each, user) => total + (count * each - sum * BigInt(users[user]!.length)) ** 2n,
    0n,
  );
  const n = BigInt(users.length);
  const variance = roundFraction({ numerator: n * squares, denominator: ((n - 1n) * count ** 4n) << (2n * UNITS) });
  return Math.sqrt(variance);
}

/** A step's part in a ratio of two sums. */
export type Observation = readonly [numerator: number, denominator: number];

/**
 * R = Σa / Σb over all steps of all users: with the variance of the residuals a - R·b in units of the mean b, Σ(a - R·b)²/(n - 1)
 * over (Σb / n)², and the standard error sqrt(N/(N - 1)·Σᵤ(Aᵤ - R·Bᵤ)²)/Σb. Steps with b = 0 are no observations.
 */
export function exactRatio(users: readonly (readonly Observation[])[]): {
  readonly mean: number;
  readonly variance: number;
  readonly standardError: number;
} {
  const observed = users.map((steps) =>
    steps.filter(([a, b]) => a !== 0 || b !== 0).map(([a, b]) => [unitsOf(a), unitsOf(b)] as const),
  );
  const all = observed.flat();
  const total = (steps: typeof all): readonly [bigint, bigint] => {
    return steps.reduce(([a, b], step) => [a + step[0], b + step[1]] as const, [0n, 0n] as const);
  };
  const [sumA, sumB] = total(all);
  const squares = (steps: typeof all): bigint => steps.reduce((sum, [a, b]) => sum + (a * sumB - sumA * b) ** 2n, 0n);
  const [n, count] = [BigInt(all.length), BigInt(users.length)];
  return {
    mean: fraction(sumA, sumB),
    variance: fraction(n * n * squares(all), (n - 1n) * sumB ** 4n),
    standardError: Math.sqrt(fraction(count * squares(observed.map(total)), (count - 1n) * sumB ** 4n)),
  };
}

function fraction(numerator: bigint, denominator: bigint): number {
  if (denominator === 0n) return NaN;
  const sign = denominator < 0n ? -1n : 1n;
  return roundFraction({ numerator: sign * numerator, denominator: sign * denominator });
}
