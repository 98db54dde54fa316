import { meanInterval, type Interval } from "../numeric/moments.js";

/** What an estimator says about the target's value: the mean return of an episode. */
export interface Estimate {
  /** The estimate; NaN for self-normalised weights that are all 0. */
  readonly estimate: number;
  /** Its standard error, clustered by user; NaN for one user. */
  readonly standardError: number;
  /** 95 % interval by Student's t with a degree of freedom for each user but one; NaN where there is no honest one. */
  readonly ci95: Interval;
  /** (Σw)²/Σw² over the weights of users: how many users of the target's own would say as much, roughly. 0 if all are 0. */
  readonly effectiveSampleSize: number;
  /** The largest weight of any reward. */
  readonly largestWeight: number;
  /** Users in the log. */
  readonly users: number;
  /** Episodes in the log. */
  readonly episodes: number;
}

/** What an episode adds to an estimate, Σ numerator / Σ denominator. */
export interface EpisodeTerms {
  readonly user: number;
  readonly numerator: number;
  readonly denominator: number;
  /** The weights of the episode's rewards; 1 alone where there are none. */
  readonly weights: readonly number[];
}

/** The sums of one user's episodes. */
interface UserTerms {
  numerator: number;
  denominator: number;
  weight: number;
}

/**
 * Returns the ratio of sums over users, in the order of the log, with its standard error by linearisation,
 * sqrt(n/(n - 1)·Σ(a - b·ratio)²)/Σb over the sums a and b of n users (Cochran, Sampling Techniques, 6.4); with b = 1 that is the mean
 * and its usual standard error.
 */
export function estimateOf(episodes: readonly EpisodeTerms[]): Estimate {
  const users = [...termsByUser(episodes).values()];
  const sum = (of: (user: UserTerms) => number): number => users.reduce((total, user) => total + of(user), 0);
  const denominator = sum((user) => user.denominator);
  const estimate = sum((user) => user.numerator) / denominator;
  const n = users.length;
  const squares = sum((user) => square(user.numerator - user.denominator * estimate));
  const standardError = Math.sqrt((n / (n - 1)) * squares) / denominator;
  const weight = sum((user) => user.weight);
  return {
    estimate,
    standardError,
    ci95: Number.isFinite(estimate) ? meanInterval(estimate, standardError, n) : [NaN, NaN],
    effectiveSampleSize: weight === 0 ? 0 : square(weight) / sum((user) => square(user.weight)),
    largestWeight: episodes.reduce((most, { weights }) => weights.reduce((a, b) => Math.max(a, b), most), -Infinity),
    users: n,
    episodes: episodes.length,
  };
}

/** A user's weight is the sum over episodes of the mean weight of their rewards. */
function termsByUser(episodes: readonly EpisodeTerms[]): Map<number, UserTerms> {
  const users = new Map<number, UserTerms>();
  for (const { user, numerator, denominator, weights } of episodes) {
    const terms = users.get(user) ?? { numerator: 0, denominator: 0, weight: 0 };
    terms.numerator += numerator;
    terms.denominator += denominator;
    terms.weight += weights.reduce((total, weight) => total + weight, 0) / weights.length;
    users.set(user, terms);
  }
  return users;
}

function square(x: number): number {
  return x * x;
}
