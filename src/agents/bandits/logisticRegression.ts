import { logistic } from "../../numeric/exponential.js";
import { cholesky, dot, gramMatrix, solveLower, solveUpper, type Matrix } from "./linearAlgebra.js";

/** Pulls so far: the features of the arm, and what it brought, in [0, 1]. */
export interface Pulls {
  readonly features: Matrix;
  readonly rewards: readonly number[];
}

export interface LogisticFit {
  /** The most likely weights under the prior N(0, sigma0²·I). */
  readonly weights: readonly number[];
  /** Negative Hessian of the log-posterior at the last iterate but one. */
  readonly gram: Matrix;
}

/** Up to so many observations the fit is the prior. */
const PRIOR_ONLY = 10;
const MAX_ITERATIONS = 20;
const SMALL_STEP = 1e-3;

/**
 * Bayesian logistic regression by iteratively reweighted least squares (Bishop 2006, "Pattern Recognition and Machine
 * Learning", 4.3.3), with RecSim's rules of when to begin and to stop.
 */
export function fitLogistic({ features, rewards }: Pulls, dimension: number, sigma0: number): LogisticFit {
  const precision = 1 / (sigma0 * sigma0);
  let fit = priorFit(dimension, precision);
  if (rewards.length <= PRIOR_ONLY) return fit;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const before = fit.weights;
    fit = reweightedLeastSquares({ features, rewards }, before, precision);
    if (distance(fit.weights, before) < SMALL_STEP) break;
  }
  return fit;
}

/** Returns the fit without observations. */
function priorFit(dimension: number, precision: number): LogisticFit {
  return { weights: Array.from({ length: dimension }, () => 0), gram: gramMatrix([], [], dimension, precision) };
}

/** One iteration: G = X'RX + precision·I with R = p(1 - p), and w = G⁻¹X'(R·X·w - (p - y)). */
function reweightedLeastSquares(
  { features, rewards }: Pulls,
  weights: readonly number[],
  precision: number,
): LogisticFit {
  const logits = features.map((x) => dot(x, weights));
  const chances = logits.map((logit) => logistic(Math.max(-700, Math.min(700, logit))));
  const spreads = chances.map((p) => p * (1 - p));
  const gram = gramMatrix(features, spreads, weights.length, precision);
  const working = logits.map((logit, row) => spreads[row]! * logit - (chances[row]! - rewards[row]!));
  const target = weights.map((_, i) => features.reduce((sum, x, row) => sum + x[i]! * working[row]!, 0));
  const lower = cholesky(gram);
  return { weights: solveUpper(lower, solveLower(lower, target)), gram };
}

function distance(x: readonly number[], y: readonly number[]): number {
  return Math.sqrt(x.reduce((sum, value, i) => sum + (value - y[i]!) * (value - y[i]!), 0));
}
