import { studentQuantile } from "./studentT.js";

/** Mean and spread of a sample; NaN for values that need more observations. */
export interface Moments {
  /** Arithmetic mean. */
  readonly mean: number;
  /** Sample variance, with n - 1 below the line. */
  readonly variance: number;
  /** Standard error of the mean. */
  readonly standardError: number;
  /** Student's 95 % interval for the mean, where that is nearly normal. */
  readonly ci95: Interval;
  /** The least. */
  readonly min: number;
  /** The greatest. */
  readonly max: number;
}

/** Lower and upper end; NaN where there is no honest interval. */
export type Interval = readonly [low: number, high: number];

/**
 * Student's interval for a mean: mean ± t standard errors with P(|T| > t) = error and n - 1 degrees of freedom, for n
 * independent observations. None for a single one; none either for so few equal ones that as many coins would all
 * fall on one side with a probability above `error` (five at 5 %): their spread of 0 says nothing yet.
 */
export function meanInterval(mean: number, standardError: number, observations: number, error = 0.05): Interval {
  if (observations < 2) return [NaN, NaN];
  if (standardError === 0) return 2 ** (1 - observations) > error ? [NaN, NaN] : [mean, mean];
  const half = studentQuantile(error / 2, observations - 1) * standardError;
  return [mean - half, mean + half];
}
