import { meanInterval, type Interval } from "../numeric/moments.js";

/** A mean and its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** A difference as a share of the baseline's mean. */
export interface Lift {
  readonly share: number;
  /** 95 % interval by the delta method. */
  readonly ci95: Interval;
}

/**
 * Returns the lift of a policy over a baseline with the same users: d/a for the mean difference d and the baseline's mean a. Its variance is
 * that of d - (d/a) a, over a²; the covariance of d and a follows from the three errors. NaN where the baseline's mean is not above 0.
 */
export function liftOf(
  difference: Estimate,
  baseline: Estimate,
  other: Pick<Estimate, "standardError">,
  users: number,
): Lift {
  if (!(baseline.mean > 0)) return { share: NaN, ci95: [NaN, NaN] };
  const share = difference.mean / baseline.mean;
  const [ofDifference, ofBaseline, ofOther] = [difference, baseline, other].map(
    ({ standardError }) => standardError ** 2,
  );
  const covariance = (ofOther! - ofBaseline! - ofDifference!) / 2;
  const variance = Math.max(0, ofDifference! - 2 * share * covariance + share * share * ofBaseline!);
  return { share, ci95: meanInterval(share, Math.sqrt(variance) / baseline.mean, users) };
}
