import { log } from "../../numeric/log.js";
import type { Draws } from "../../random/draws.js";
import { cholesky, dot, gramMatrix, solveLower, solveUpper, type Matrix } from "./linearAlgebra.js";
import { fitLogistic, type LogisticFit, type Pulls } from "./logisticRegression.js";

/** The statistics from which a generalised linear bandit computes scores. */
export interface GlmStatistics extends Pulls {
  /** Length of every arm's features. */
  readonly dimension: number;
  /** Standard deviation of the prior of each weight. */
  readonly sigma0: number;
  readonly optimismScaling: number;
  /** How many decisions there will be; only UCB-GLM asks. */
  readonly horizon: number;
}

/** A way to score arms by their features: UCB-GLM, or Thompson sampling in the generalised linear model. */
export type GlmAlgorithm = "ucbGlm" | "glmThompson";

/** The generalised linear bandits: the higher an arm's score, the better. Only GLM-Thompson draws. */
export const glmAlgorithms: Readonly<
  Record<GlmAlgorithm, (arms: Matrix, statistics: GlmStatistics, draws: Draws) => number[]>
> = {
  ucbGlm: ucbGlmScores,
  glmThompson: glmThompsonScores,
};

export const glmAlgorithmNames = Object.keys(glmAlgorithms) as readonly GlmAlgorithm[];

/**
 * UCB-GLM: x·w + width·sqrt(x'V⁻¹x) with V = Σxx' + I/sigma0² over all pulls (Li, Lu and Zhou 2017, "Provably optimal
 * algorithms for generalized linear contextual bandits").
 */
export function ucbGlmScores(arms: Matrix, statistics: GlmStatistics): number[] {
  const { weights } = fitLogistic(statistics, statistics.dimension, statistics.sigma0);
  const width = confidenceWidth(statistics);
  const norms = bonusNorms(arms, statistics);
  return arms.map((x, arm) => dot(x, weights) + width * norms[arm]!);
}

/** Returns sqrt(x'V⁻¹x): the uncertainty in an arm's direction. */
export function bonusNorms(arms: Matrix, { features, dimension, sigma0 }: GlmStatistics): number[] {
  const ones = features.map(() => 1);
  const lower = cholesky(gramMatrix(features, ones, dimension, 1 / (sigma0 * sigma0)));
  return arms.map((x) => {
    const half = solveLower(lower, x);
    return Math.sqrt(dot(half, half));
  });
}

/**
 * optimismScaling·(½/κ)·sqrt(d/2·ln(1 + 2·horizon/d) + ln horizon), with the slope of the logistic function at its steepest,
 * ¼, for κ: theorem 2 of the paper at confidence 1/horizon.
 */
export function confidenceWidth({ dimension, horizon, optimismScaling }: GlmStatistics): number {
  return optimismScaling * 2 * Math.sqrt((dimension / 2) * log(1 + (2 * horizon) / dimension) + log(horizon));
}

/** Thompson sampling in the generalised linear model: x·w̃ with weights drawn once for all arms. */
export function glmThompsonScores(arms: Matrix, statistics: GlmStatistics, draws: Draws): number[] {
  const fit = fitLogistic(statistics, statistics.dimension, statistics.sigma0);
  const weights = drawWeights(fit, statistics.optimismScaling, draws);
  return arms.map((x) => dot(x, weights));
}

/** Weights from N(w, optimismScaling²·G⁻¹): w + optimismScaling·L'⁻¹z with L·L' = G. */
export function drawWeights({ weights, gram }: LogisticFit, optimismScaling: number, draws: Draws): number[] {
  const spread = solveUpper(
    cholesky(gram),
    weights.map(() => draws.normal()),
  );
  return weights.map((weight, i) => weight + optimismScaling * spread[i]!);
}
