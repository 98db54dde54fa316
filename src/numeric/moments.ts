import { studentQuantile } from "./studentT.js";

/** Mean and spread of a sample. What too few observations leave undefined is NaN. */
export interface Moments {
  readonly mean: number;
  /** With n - 1 below the line. */
  readonly variance: number;
  /** Of the mean. */
  readonly standardError: number;
  /** See `meanInterval`: a 95 % interval where the mean is nearly normal. */
  readonly ci95: Interval;
  readonly min: number;
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
