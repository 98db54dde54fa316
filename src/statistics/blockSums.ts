import type { PivotSums } from "../numeric/exactMoments.js";

/** Sums over the users of a block, of a metric that has one number for each user. */
export interface ValueSums extends PivotSums {
  count: number;
  pivot: number;
  sum: number;
  sumOfSquares: number;
  min: number;
  max: number;
}

/**
 * Sums over a block for a ratio of two sums, Σa / Σb. Observations are the steps with b ≠ 0; sums are of b and of the residuals
 * d = a - pivot·b, where the pivot is the block's first a / b.
 */
export interface RatioSums {
  /** Observations. */
  count: number;
  pivot: number;
  /** Σb, Σb² */
  weight: number;
  squaredWeight: number;
  /** Σd, Σd·b, Σd² */
  residual: number;
  weightedResidual: number;
  squaredResidual: number;
  /** Smallest and largest a / b. */
  min: number;
  max: number;
  /** Users with an observation, and by user: Σ(Σb)², Σ(Σd)², Σ(Σb·Σd). A standard error clustered by user needs these. */
  users: number;
  squaredWeights: number;
  squaredResiduals: number;
  products: number;
}

/** Numbers that a series has for every step: `pivot`, `sum` and `sumOfSquares` over the users who took it. */
export const SERIES_SUMS = 3;

/** What a block of users adds up to: plain data. All engines add in the same order, so they agree to the last bit. */
export interface BlockSums {
  /** Of the users' returns. */
  readonly totalReward: ValueSums;
  /** Of the rewards that were drawn, where returns are expectations. */
  readonly sampledReward: ValueSums | null;
  readonly episodeLength: ValueSums;
  /** In the order of the layout's `values`. */
  readonly values: readonly ValueSums[];
  /** In the order of the layout's `ratios`. */
  readonly ratios: readonly RatioSums[];
  /** For each slot, the number of steps whose choice lies after it, no click included. */
  readonly choicesAfter: ArrayLike<number>;
  /** Users who took each step. */
  readonly usersPerStep: ArrayLike<number>;
  /** [steps][reward, then the layout's `series`][SERIES_SUMS] */
  readonly series: ArrayLike<number>;
  /** The users' digests added modulo 2^64. */
  readonly digest: bigint;
  /** Each user's return, in the order of the users. */
  readonly returns: Float64Array;
}

export function noValues(): ValueSums {
  return { count: 0, pivot: 0, sum: 0, sumOfSquares: 0, min: Number.MAX_VALUE, max: -Number.MAX_VALUE };
}

export function addValue(sums: ValueSums, x: number): void {
  if (sums.count === 0) sums.pivot = x;
  const difference = x - sums.pivot;
  sums.count += 1;
  sums.sum += difference;
  sums.sumOfSquares += difference * difference;
  sums.min = Math.min(sums.min, x);
  sums.max = Math.max(sums.max, x);
}

export function noRatio(): RatioSums {
  return {
    count: 0,
    pivot: 0,
    weight: 0,
    squaredWeight: 0,
    residual: 0,
    weightedResidual: 0,
    squaredResidual: 0,
    min: Number.MAX_VALUE,
    max: -Number.MAX_VALUE,
    users: 0,
    squaredWeights: 0,
    squaredResiduals: 0,
    products: 0,
  };
}

/** Adds a step's numerator a and denominator b ≠ 0 to one user's sums. */
export function addObservation(sums: RatioSums, a: number, b: number): void {
  const ratio = a / b;
  if (sums.count === 0) sums.pivot = ratio;
  const residual = a - sums.pivot * b;
  sums.count += 1;
  sums.weight += b;
  sums.squaredWeight += b * b;
  sums.residual += residual;
  sums.weightedResidual += residual * b;
  sums.squaredResidual += residual * residual;
  sums.min = Math.min(sums.min, ratio);
  sums.max = Math.max(sums.max, ratio);
}

/** Adds one user's sums, which are about that user's first ratio, to a block's; they are moved to the block's pivot. */
export function addUserRatio(block: RatioSums, user: RatioSums): void {
  if (user.count === 0) return;
  if (block.count === 0) block.pivot = user.pivot;
  const shift = user.pivot - block.pivot;
  const residual = user.residual + user.weight * shift;
  const weightedResidual = user.weightedResidual + user.squaredWeight * shift;
  block.count += user.count;
  block.weight += user.weight;
  block.squaredWeight += user.squaredWeight;
  block.residual += residual;
  block.weightedResidual += weightedResidual;
  block.squaredResidual += user.squaredResidual + shift * (user.weightedResidual + weightedResidual);
  block.min = Math.min(block.min, user.min);
  block.max = Math.max(block.max, user.max);
  block.users += 1;
  block.squaredWeights += user.weight * user.weight;
  block.squaredResiduals += residual * residual;
  block.products += user.weight * residual;
}
