import type { ExactMoments } from "../numeric/exactMoments.js";
import { overCommonDenominator, roundFraction } from "../numeric/exactSum.js";
import { meanInterval, type Moments } from "../numeric/moments.js";
import { SERIES_COLUMNS } from "./blocks.js";
import type { Estimator } from "./estimator.js";
import { RunTotals, type ClickTotals, type OwnTotals } from "./runTotals.js";
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
  return {
    totalEngagement: userMoments(totals.totalEngagement),
    finalSatisfaction: userMoments(totals.finalSatisfaction),
    finalExposure: userMoments(totals.finalExposure),
    clickedEducativeness: clickMoments(totals),
    clickPositions: clickPositions(past, users * steps),
    noClicks: past[past.length - 1]!,
    perStep: {
      engagement: series(totals.series.filter((_, entry) => entry % SERIES_COLUMNS === 0)),
      satisfaction: series(totals.series.filter((_, entry) => entry % SERIES_COLUMNS === 1)),
    },
    totalEngagementDistribution: distribution(totals),
    ...(estimator === "expected" && sampledMetrics(totals)),
  };
}

function sampledMetrics({ sampledEngagement, totalEngagement }: RunTotals) {
  const varianceRatio = sampledEngagement.variance() / totalEngagement.variance();
  return { sampledTotalEngagement: userMoments(sampledEngagement), varianceRatio };
}

export function ownMetricsOf(totals: OwnTotals): OwnMetrics {
  const { totalReward, episodeLength, past, lived } = totals;
  const livedByAny = lived.filter((count) => count > 0);
  return {
    totalReward: userMoments(totalReward),
    episodeLength: userMoments(episodeLength),
    clickPositions: clickPositions(past, stepsOf(lived)),
    noClicks: past[past.length - 1]!,
    perStep: { users: livedByAny, reward: series(totals.series.slice(0, livedByAny.length)) },
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

function userMoments(values: ValueTotals): Moments {
  return momentsOf(values, Math.sqrt(values.variance() / values.count), values.count);
}

/** Only users who clicked say anything of how clicks differ. */
function clickMoments({ clicked, users }: RunTotals): Moments {
  return momentsOf(clicked, clusteredError(clicked, users), clicked.users);
}

function momentsOf(values: ValueTotals, standardError: number, observations: number): Moments {
  const mean = values.mean();
  const ci95 = meanInterval(mean, standardError, observations);
  const [min, max] = values.count > 0 ? [values.min, values.max] : [NaN, NaN];
  return { mean, variance: values.variance(), standardError, ci95, min, max };
}

/**
 * Standard error of a mean over clicks when one user's clicks may hang together: sqrt(N/(N-1) · Σᵤ (sᵤ - m·nᵤ)²) / Σᵤ nᵤ
 * with sᵤ the sum over a user's nᵤ clicks and m the mean (Cochran, Sampling Techniques, 6.3: a ratio of two sums).
 */
function clusteredError(clicked: ClickTotals, users: number): number {
  if (users < 2 || clicked.count === 0) return NaN;
  const n = BigInt(clicked.count);
  const { numerators, denominator: unit } = overCommonDenominator([
    clicked.sum,
    clicked.squaredSums,
    clicked.products,
    clicked.squaredCounts,
  ]);
  const [sum, squaredSums, products, squaredCounts] = numerators as [bigint, bigint, bigint, bigint];
  // Σ(s - m·n)² over the denominator (unit·n)²·unit, with m = sum/(unit·n)
  const numerator = squaredSums * (unit * n) ** 2n - 2n * products * sum * unit * n + squaredCounts * sum ** 2n;
  const squares = numerator < 0n ? 0 : roundFraction({ numerator, denominator: (unit * n) ** 2n * unit });
  return Math.sqrt((squares * users) / (users - 1)) / clicked.count;
}

function series(steps: readonly ExactMoments[]): Series {
  return {
    mean: steps.map((moments) => moments.mean()),
    standardError: steps.map((moments) => Math.sqrt(moments.variance() / moments.count)),
  };
}
