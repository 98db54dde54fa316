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
 * Sums over a block for a ratio of two sums, Σa / Σb. Observations are the steps in which a or b is not 0; sums are of b and of the residuals
 * d = a - pivot·b, where the pivot is a ratio a / b of the block: the first, or a later one where the first b was very small.
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
  /** Smallest and largest a / b, of those with b ≠ 0. */
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

/** Sums over a block of users: plain data. All engines add in the same order, so they agree to the last bit. */
export interface BlockSums {
  /** Sums of the users' returns. */
  readonly totalReward: ValueSums;
  /** Sums of the sampled rewards, if returns are expectations. */
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

/** Where a user's running sums of a ratio stand in a row of numbers: as in `RatioSums`. */
export const USER_RATIO = 7;
const [COUNT, PIVOT, WEIGHT, SQUARED_WEIGHT, RESIDUAL, WEIGHTED_RESIDUAL, SQUARED_RESIDUAL] = [0, 1, 2, 3, 4, 5, 6];

/**
 * A ratio a / b with a tiny b may be huge, and residuals about it would lose the digits of the other a. So the pivot moves once a Σb² comes
 * that is this many times that of all before.
 */
const MOVES_PIVOT = 4;

/** Adds a step's numerator a and denominator b, not both 0, to the sums of one user, from `at` on, and to the range of the block. */
export function addObservation(block: RatioSums, users: Float64Array, at: number, a: number, b: number): void {
  const ratio = b === 0 ? 0 : a / b;
  if (users[at + COUNT] === 0) users[at + PIVOT] = ratio;
  else if (b * b > MOVES_PIVOT * users[at + SQUARED_WEIGHT]!) moveUserPivot(users, at, ratio);
  const residual = a - users[at + PIVOT]! * b;
  users[at + COUNT]! += 1;
  users[at + WEIGHT]! += b;
  users[at + SQUARED_WEIGHT]! += b * b;
  users[at + RESIDUAL]! += residual;
  users[at + WEIGHTED_RESIDUAL]! += residual * b;
  users[at + SQUARED_RESIDUAL]! += residual * residual;
  if (b === 0) return;
  if (ratio < block.min) block.min = ratio;
  if (ratio > block.max) block.max = ratio;
}

/** d about the new pivot is d + (old - new)·b. */
function moveUserPivot(users: Float64Array, at: number, pivot: number): void {
  const shift = users[at + PIVOT]! - pivot;
  const before = users[at + WEIGHTED_RESIDUAL]!;
  users[at + PIVOT] = pivot;
  users[at + RESIDUAL]! += users[at + WEIGHT]! * shift;
  users[at + WEIGHTED_RESIDUAL]! += users[at + SQUARED_WEIGHT]! * shift;
  users[at + SQUARED_RESIDUAL]! += shift * (before + users[at + WEIGHTED_RESIDUAL]!);
}

/** Adds the sums of one user, from `at` on, to a block's; they are moved to the block's pivot. */
export function addUserRatio(block: RatioSums, users: Float64Array, at: number): void {
  const count = users[at + COUNT]!;
  if (count === 0) return;
  const [pivot, weight, squaredWeight] = [users[at + PIVOT]!, users[at + WEIGHT]!, users[at + SQUARED_WEIGHT]!];
  if (block.count === 0) block.pivot = pivot;
  else if (squaredWeight > MOVES_PIVOT * block.squaredWeight) moveBlockPivot(block, pivot);
  const shift = pivot - block.pivot;
  const residual = users[at + RESIDUAL]! + weight * shift;
  const own = users[at + WEIGHTED_RESIDUAL]!;
  const weightedResidual = own + squaredWeight * shift;
  block.count += count;
  block.weight += weight;
  block.squaredWeight += squaredWeight;
  block.residual += residual;
  block.weightedResidual += weightedResidual;
  block.squaredResidual += users[at + SQUARED_RESIDUAL]! + shift * (own + weightedResidual);
  block.users += 1;
  block.squaredWeights += weight * weight;
  block.squaredResiduals += residual * residual;
  block.products += weight * residual;
}

function moveBlockPivot(block: RatioSums, pivot: number): void {
  const shift = block.pivot - pivot;
  const [before, products] = [block.weightedResidual, block.products];
  block.pivot = pivot;
  block.residual += block.weight * shift;
  block.weightedResidual += block.squaredWeight * shift;
  block.squaredResidual += shift * (before + block.weightedResidual);
  block.products += block.squaredWeights * shift;
  block.squaredResiduals += shift * (products + block.products);
}
