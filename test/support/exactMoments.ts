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
