import { roundFraction, type ExactSum } from "../numeric/exactSum.js";
import { interval95, meanOf, notNegative, varianceOf, type Moments } from "../numeric/moments.js";
import { SERIES_COLUMNS } from "./blockTotals.js";
import type { Estimator } from "./estimator.js";
import { OWN_SERIES_COLUMNS } from "./ownTally.js";
import { RunTotals, type OwnTotals } from "./runTotals.js";
import type { ValueTotals } from "./valueTotals.js";

/** One number for every step. */
export interface Series {
  readonly mean: readonly number[];
  readonly standardError: readonly number[];
}

/** How users' returns are spread. */
export interface Distribution {
  /** At most 1/32 of their value off. */
  readonly quantiles: {
    readonly p5: number;
    readonly p25: number;
    readonly p50: number;
    readonly p75: number;
    readonly p95: number;
  };
  /**
   * Users between each edge and the next: 32 bins an octave, or fewer where that would make more than 512. What is empty beside
   * zero is one bin.
   */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface Metrics {
  /** Seconds of engagement over a user's life; its expectations under the estimator "expected". */
  readonly totalEngagement: Moments;
  readonly finalSatisfaction: Moments;
  readonly finalExposure: Moments;
  /** Educativeness of clicked documents, over clicks; the standard error is clustered by user. */
  readonly clickedEducativeness: Moments;
  /** Clicks on each slot of the slate. */
  readonly clickPositions: readonly number[];
  /** Steps in which nothing was clicked. */
  readonly noClicks: number;
  /** Over users, after each step. */
  readonly perStep: { readonly engagement: Series; readonly satisfaction: Series };
  readonly totalEngagementDistribution: Distribution;
  /** Under the estimator "expected": what was drawn, and the ratio of its variance to that of the expectations. */
  readonly sampledTotalEngagement?: Moments;
  readonly varianceRatio?: number;
}

/** Of an own world, where lives may be of any length. */
export interface OwnMetrics {
  /** Over users, of what all steps of a life brought. */
  readonly totalReward: Moments;
  /** Over users, of the steps that were lived. */
  readonly episodeLength: Moments;
  readonly clickPositions: readonly number[];
  readonly noClicks: number;
  /** As far as anybody lived: how many users lived each step, and over these, what it brought. */
  readonly perStep: { readonly users: readonly number[]; readonly reward: Series };
  readonly totalRewardDistribution: Distribution;
}

export function metricsOf(totals: RunTotals, steps: number, estimator: Estimator): Metrics {
  const { users, past } = totals;
  const everybody = Array.from({ length: steps }, () => users);
  return {
    totalEngagement: userMoments(totals.totalEngagement, users),
    finalSatisfaction: userMoments(totals.finalSatisfaction, users),
    finalExposure: userMoments(totals.finalExposure, users),
    clickedEducativeness: clickMoments(totals),
    clickPositions: clickPositions(past, users * steps),
    noClicks: past[past.length - 1]!,
    perStep: {
      engagement: series(totals.series, SERIES_COLUMNS, 0, everybody),
      satisfaction: series(totals.series, SERIES_COLUMNS, 2, everybody),
    },
    totalEngagementDistribution: distribution(totals),
    ...(estimator === "expected" && sampledMetrics(totals)),
  };
}

function sampledMetrics({ sampledEngagement, totalEngagement, users }: RunTotals) {
  const varianceRatio = spread(sampledEngagement, users) / spread(totalEngagement, users);
  return { sampledTotalEngagement: userMoments(sampledEngagement, users), varianceRatio };
}

export function ownMetricsOf(totals: OwnTotals): OwnMetrics {
  const { users, totalReward, episodeLength, past, lived, series: sums } = totals;
  const livedByAny = lived.filter((count) => count > 0);
  return {
    totalReward: userMoments(totalReward, users),
    episodeLength: userMoments(episodeLength, users),
    clickPositions: clickPositions(past, stepsOf(lived)),
    noClicks: past[past.length - 1]!,
    perStep: { users: livedByAny, reward: series(sums, OWN_SERIES_COLUMNS, 0, livedByAny) },
    totalRewardDistribution: distribution(totals),
  };
}

const MOST_BINS = 512;

function distribution(totals: RunTotals | OwnTotals): Distribution {
  const { min, max } = totals instanceof RunTotals ? totals.totalEngagement : totals.totalReward;
  const at = (share: number): number => Math.min(max, Math.max(min, totals.histogram.quantile(share)));
  const quantiles = { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
  return { quantiles, ...totals.histogram.bins(MOST_BINS) };
}

/** Steps that all users lived together. */
export function stepsOf(lived: readonly number[]): number {
  return lived.reduce((sum, count) => sum + count, 0);
}

/** Of each slot, in how many of the steps the choice came to it and went no further. */
function clickPositions(past: readonly number[], steps: number): number[] {
  const reached = [steps, ...past];
  return past.map((gone, slot) => reached[slot]! - gone);
}

function userMoments(values: ValueTotals, users: number): Moments {
  const variance = spread(values, users);
  return moments(values, users, variance, Math.sqrt(variance / users));
}

function clickMoments(totals: RunTotals): Moments {
  return moments(totals.clicked, totals.clicks, spread(totals.clicked, totals.clicks), clusteredError(totals));
}

function moments({ sum, min, max }: ValueTotals, count: number, variance: number, standardError: number): Moments {
  const mean = meanOf(sum, count);
  const ci95 = interval95(mean, standardError);
  return { mean, variance, standardError, ci95, min: count > 0 ? min : NaN, max: count > 0 ? max : NaN };
}

/** Equal values have no variance, whatever the rounding of their squares. */
export function spread({ sum, sumOfSquares, min, max }: ValueTotals, count: number): number {
  return count > 1 && min === max ? 0 : varianceOf(sum, sumOfSquares, count);
}

/**
 * Standard error of a mean over clicks when one user's clicks may hang together: sqrt(N/(N-1) · Σᵤ (sᵤ - m·nᵤ)²) / Σᵤ nᵤ
 * with sᵤ the sum over a user's nᵤ clicks and m the mean (Cochran, Sampling Techniques, 6.3: a ratio of two sums).
 */
function clusteredError({ users, clicks, clicked, ...sums }: RunTotals): number {
  if (users < 2 || clicks === 0) return NaN;
  const n = BigInt(clicks);
  const s = clicked.sum.toFraction();
  // Over the common denominator (2^1074·n)²·2^1074 the sum Σ(s - m·n)² is a whole number.
  const unit = s.denominator;
  const numerator =
    whole(sums.sumOfSquaredSums) * (unit * n) ** 2n -
    2n * whole(sums.sumOfProducts) * s.numerator * unit * n +
    whole(sums.sumOfSquaredCounts) * s.numerator ** 2n;
  const squares = roundFraction(notNegative({ numerator, denominator: (unit * n) ** 2n * unit }));
  return Math.sqrt((squares * users) / (users - 1)) / clicks;
}

function whole(sum: ExactSum): bigint {
  return sum.toFraction().numerator;
}

/** Means of a column whose squares are in the next one; `counts` says over how many users, step by step. */
function series(sums: readonly ExactSum[], columns: number, column: number, counts: readonly number[]): Series {
  const at = (step: number, offset: number): ExactSum => sums[step * columns + column + offset]!;
  return {
    mean: counts.map((users, step) => meanOf(at(step, 0), users)),
    standardError: counts.map((users, step) => Math.sqrt(varianceOf(at(step, 0), at(step, 1), users) / users)),
  };
}
