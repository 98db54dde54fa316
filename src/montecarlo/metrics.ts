import { roundFraction, type ExactSum } from "../numeric/exactSum.js";
import { interval95, meanOf, notNegative, varianceOf, type Moments } from "../numeric/moments.js";
import { SERIES_COLUMNS } from "./blockTotals.js";
import type { RunTotals, ValueTotals } from "./runTotals.js";

/** One number for every step. */
export interface Series {
  readonly mean: readonly number[];
  readonly standardError: readonly number[];
}

export interface Metrics {
  /** Seconds of engagement over a user's life. */
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
}

export function metricsOf(totals: RunTotals, steps: number): Metrics {
  const { users, past } = totals;
  const reached = [users * steps, ...past];
  return {
    totalEngagement: userMoments(totals.totalEngagement, users),
    finalSatisfaction: userMoments(totals.finalSatisfaction, users),
    finalExposure: userMoments(totals.finalExposure, users),
    clickedEducativeness: clickMoments(totals),
    clickPositions: past.map((gone, slot) => reached[slot]! - gone),
    noClicks: past[past.length - 1]!,
    perStep: { engagement: series(totals, 0), satisfaction: series(totals, 2) },
  };
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
function spread({ sum, sumOfSquares, min, max }: ValueTotals, count: number): number {
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

function series({ series: sums, users }: RunTotals, column: number): Series {
  const at = (offset: number): ExactSum[] => sums.filter((_, i) => i % SERIES_COLUMNS === column + offset);
  const squares = at(1);
  const values = at(0);
  return {
    mean: values.map((sum) => meanOf(sum, users)),
    standardError: values.map((sum, step) => Math.sqrt(varianceOf(sum, squares[step]!, users) / users)),
  };
}
