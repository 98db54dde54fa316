import type { Interval } from "../numeric/moments.js";
import type { ValueTotals } from "../statistics/valueTotals.js";

/** A paired difference as a share of the baseline's mean: 0.1 is 10 % more. */
export interface Lift {
  /** Mean difference over the absolute value of the baseline's mean; NaN or infinite where that is 0. */
  readonly ratio: number;
  /** By the delta method. */
  readonly standardError: number;
  /** 95 % interval of this pair alone, by Fieller's theorem; NaN where the baseline's mean may be 0. */
  readonly ci95: Interval;
  /** The same with the simultaneous confidence of the difference's interval: both leave out 0, or neither does. */
  readonly simultaneousCi95: Interval;
}

/** Mean and variance, over users, of a return or of a difference. */
export interface MeanAndVariance {
  readonly mean: number;
  readonly variance: number;
}

/** Means and variances, over users, of the returns of a pair `a`, `b` and of their difference. */
export interface PairedMoments {
  readonly users: number;
  readonly a: MeanAndVariance;
  readonly b: MeanAndVariance;
  /** Of b - a. */
  readonly difference: MeanAndVariance;
}

export function momentsOf(values: ValueTotals): MeanAndVariance {
  return { mean: values.mean(), variance: values.variance() };
}

/** Returns the lift; the intervals are those of the mean difference. */
export function liftOf(moments: PairedMoments, ci95: Interval, simultaneousCi95: Interval): Lift {
  const { users, a, difference } = moments;
  return {
    ratio: difference.mean / Math.abs(a.mean),
    standardError: Math.sqrt(Math.max(0, crossVariance(moments)) / users) / (a.mean * a.mean),
    ci95: fieller(moments, ci95),
    simultaneousCi95: fieller(moments, simultaneousCi95),
  };
}

/**
 * Returns all ratios ρ for which the mean of difference - ρ·a is as few standard errors from 0 as the ends of the difference's interval
 * are from its middle (Fieller, Some problems in interval estimation, Journal of the Royal Statistical Society B 16, 1954). None
 * where the mean of a is itself no farther from 0.
 */
function fieller(moments: PairedMoments, [low, high]: Interval): Interval {
  const { a, difference: d } = moments;
  if (d.variance === 0 && d.mean === 0) return [low, high];
  const half = (high - low) / 2;
  const share = (half * half) / d.variance; // the squared number of standard errors, over the users
  const leading = a.mean * a.mean - share * a.variance;
  if (!(leading > 0)) return [NaN, NaN];
  const shared = covariance(moments);
  const middle = d.mean * a.mean - share * shared;
  const squared = share * (crossVariance(moments) - share * (a.variance * d.variance - shared * shared));
  const root = Math.sqrt(Math.max(0, squared));
  const [from, to] = [(middle - root) / leading, (middle + root) / leading];
  return a.mean > 0 ? [from, to] : [-to, -from];
}

/** Returns the variance of a's mean times the difference, less the mean difference times a. */
function crossVariance(moments: PairedMoments): number {
  const { a, difference: d } = moments;
  const mixed = 2 * a.mean * d.mean * covariance(moments);
  return a.mean * a.mean * d.variance + d.mean * d.mean * a.variance - mixed;
}

/** Returns the covariance of difference and a, as var(b) = var(a) + var(b - a) + 2 cov(b - a, a). */
function covariance({ a, b, difference }: PairedMoments): number {
  return (b.variance - a.variance - difference.variance) / 2;
}
