// Means and variances of distributions in closed form.
import type { NumberDistribution } from "../../src/index.js";

export interface KnownDistribution {
  readonly name: string;
  readonly given: NumberDistribution;
  readonly mean: number;
  readonly variance: number;
}

/** Φ(0.5) and φ(0.5): of a normal that counts as 0 below 0 and as 1 above 1, of mean 0.5 and standard deviation 1. */
const [PHI, DENSITY] = [0.6914624612740131, 0.3520653267642995];

export const knownDistributions: readonly KnownDistribution[] = [
  { name: "uniform", given: { distribution: "uniform", min: -1, max: 3 }, mean: 1, variance: 16 / 12 },
  { name: "normal", given: { distribution: "normal", mean: 2, stddev: 3 }, mean: 2, variance: 9 },
  {
    name: "log-normal",
    given: { distribution: "logNormal", logMean: 0.5, logStddev: 0.4 },
    mean: Math.exp(0.5 + 0.08),
    variance: (Math.exp(0.16) - 1) * Math.exp(1.16),
  },
  { name: "beta", given: { distribution: "beta", alpha: 2, beta: 3 }, mean: 0.4, variance: 0.04 },
  {
    name: "beta of small shapes, scaled",
    given: { distribution: "beta", alpha: 0.5, beta: 0.25, min: 1, max: 4 },
    mean: 1 + 3 * (2 / 3),
    variance: (9 * 0.125) / (0.75 * 0.75 * 1.75),
  },
  {
    name: "discrete",
    given: { distribution: "discrete", values: [1, 5, 9], weights: [2, 1, 1] },
    mean: 4,
    variance: (2 * 9 + 1 + 25) / 4,
  },
  { name: "discrete, equal weights", given: { distribution: "discrete", values: [0, 6] }, mean: 3, variance: 9 },
  {
    // E x = ∫₀¹ and the mass 1 - Φ(0.5) at 1; E x² likewise.
    name: "normal with ends",
    given: { distribution: "normal", mean: 0.5, stddev: 1, min: 0, max: 1 },
    mean: 0.5,
    variance: 1 - PHI + (0.25 * (2 * PHI - 1) + (2 * PHI - 1) - DENSITY) - 0.25,
  },
];
