// What a run says, from the numbers of every episode by the formulas of a textbook: nothing here adds up by blocks.
import { expect } from "vitest";
import type {
  Distribution,
  LongTermSatisfactionWorld,
  LtsTypes,
  Moments,
  Series,
  Trace,
  TraceStep,
} from "../../src/index.js";
import { studentQuantile } from "../../src/numeric/studentT.js";
import { exactClusteredError, exactMean, exactVariance } from "./exactMoments.js";

const CLOSE = 1e-9;

/** Within a billionth of the number itself. */
export function near(wanted: number): unknown {
  if (!Number.isFinite(wanted) || wanted === 0) return wanted;
  const digits = 9 - Math.ceil(Math.log10(Math.abs(wanted)));
  return expect.closeTo(wanted, digits);
}

export function standardError(xs: readonly number[]): number {
  return Math.sqrt(exactVariance(xs) / xs.length);
}

/** Of Student's interval for a mean. */
export function halfWidth(error: number, observations: number, chance: number): number {
  return studentQuantile(chance / 2, observations - 1) * error;
}

export function interval(mean: number, error: number, observations: number, chance = 0.05): readonly unknown[] {
  const half = halfWidth(error, observations, chance);
  return [near(mean - half), near(mean + half)];
}

/** Of one number a user, or with another error and other observations than these. */
export function momentsOf(
  xs: readonly number[],
  error = standardError(xs),
  observations = xs.length,
): Record<keyof Moments, unknown> {
  const mean = exactMean(xs);
  return {
    mean: near(mean),
    variance: near(exactVariance(xs)),
    standardError: near(error),
    ci95: interval(mean, error, observations),
    min: near(Math.min(...xs)),
    max: near(Math.max(...xs)),
  };
}

/** [user] of every step; episodes may be of any length. */
export function seriesOf(users: readonly (readonly number[])[]): Record<keyof Series, unknown> {
  const longest = Math.max(...users.map((episode) => episode.length));
  const columns = Array.from({ length: longest }, (_, step) => {
    return users.filter((episode) => episode.length > step).map((episode) => episode[step]!);
  });
  return {
    mean: columns.map((xs) => near(exactMean(xs))),
    standardError: columns.map((xs) => (xs.length > 1 ? near(standardError(xs)) : NaN)),
  };
}

export const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);

/** The mean of a step's engagement, given the state before it: Σ P(slot)·exp(μ + σ²/2), log-normal. */
export function expectedEngagement(
  { parameters: p }: LongTermSatisfactionWorld,
  { candidates, slate, probabilities }: TraceStep<LtsTypes>,
  satisfaction: number,
): number {
  const means = slate.map((position) => {
    const k = candidates[position]!.educativeness;
    const mu = k * p.educationalEngagementLogMean + (1 - k) * p.memeEngagementLogMean;
    const sigma = k * p.educationalEngagementLogStddev + (1 - k) * p.memeEngagementLogStddev;
    return Math.exp(satisfaction * mu + sigma ** 2 / 2);
  });
  return sum(means.map((mean, slot) => mean * probabilities[slot]!));
}

/** How steps count in returns, clicks and averages. */
export interface Counting {
  readonly expected?: boolean;
  readonly discount?: number;
  readonly warmUp?: number;
}

/** Σ γ^(t - warmUp)·x(t) from the end of the warm-up on. */
export function discounted(xs: readonly number[], { discount = 1, warmUp = 0 }: Counting): number {
  return sum(xs.map((x, step) => (step < warmUp ? 0 : discount ** (step - warmUp) * x)));
}

/** A user's return: of what was drawn, or of the means of it. */
export function returnOf(
  world: LongTermSatisfactionWorld,
  { initial, steps }: Trace<LtsTypes>,
  counting: Counting,
): number {
  const before = [initial, ...steps];
  const rewards = steps.map((step, time) => {
    return counting.expected === true ? expectedEngagement(world, step, before[time]!.satisfaction) : step.engagement;
  });
  return discounted(rewards, counting);
}

/** Clicks on each of the slots, and the steps without one, from slots by user; the first steps do not count. */
export function clicksOf(slots: readonly (readonly number[])[], slateSize: number, { warmUp = 0 }: Counting): object {
  const counted = slots.flatMap((steps) => steps.slice(warmUp));
  const counts = Array.from({ length: slateSize + 1 }, (_, slot) => counted.filter((at) => at === slot).length);
  return { clickPositions: counts.slice(0, -1), noClicks: counts.at(-1) };
}

/** How many users took each step. */
export function usersPerStep(lengths: readonly number[]): number[] {
  return Array.from({ length: Math.max(...lengths) }, (_, step) => lengths.filter((length) => length > step).length);
}

/** Everything but the distribution, from the episodes of all users. */
export function metricsOfEpisodes(
  world: LongTermSatisfactionWorld,
  episodes: readonly Trace<LtsTypes>[],
  counting: Counting,
): object {
  const { expected = false, warmUp = 0 } = counting;
  const clicks = episodes.map(({ steps }) => {
    const clicking = steps.slice(warmUp).filter(({ choice }) => choice < world.slateSize);
    return clicking.map(({ candidates, slate, choice }) => candidates[slate[choice]!]!.educativeness);
  });
  const slots = episodes.map(({ steps }) => steps.map(({ choice }) => choice));
  const returns = episodes.map((episode) => returnOf(world, episode, counting));
  const drawn = episodes.map((episode) => returnOf(world, episode, { ...counting, expected: false }));
  const clicking = clicks.filter((episode) => episode.length > 0).length;
  const lengths = episodes.map(({ steps }) => steps.length);
  const engagement = seriesOf(episodes.map(({ steps }) => steps.map((step) => step.engagement)));
  return {
    totalReward: momentsOf(returns),
    totalEngagement: momentsOf(returns),
    episodeLength: momentsOf(lengths),
    finalSatisfaction: momentsOf(episodes.map(({ steps }) => steps.at(-1)!.satisfaction)),
    finalExposure: momentsOf(episodes.map(({ steps }) => steps.at(-1)!.exposure)),
    clickedEducativeness: momentsOf(clicks.flat(), exactClusteredError(clicks), clicking),
    ...clicksOf(slots, world.slateSize, counting),
    perStep: {
      users: usersPerStep(lengths),
      reward: engagement,
      engagement,
      satisfaction: seriesOf(episodes.map(({ steps }) => steps.map(({ satisfaction }) => satisfaction))),
    },
    ...(expected && {
      sampledTotalReward: momentsOf(drawn),
      varianceRatio: near(exactVariance(drawn) / exactVariance(returns)),
    }),
  };
}

/** What a comparison of so many pairs says of one. */
export function pairOf(
  [a, b]: readonly string[],
  first: readonly number[],
  second: readonly number[],
  pairs: number,
): object {
  const differences = second.map((x, user) => x - first[user]!);
  const [mean, error, n] = [exactMean(differences), standardError(differences), differences.length];
  const ratio = (exactVariance(first) + exactVariance(second)) / exactVariance(differences);
  return {
    a,
    b,
    difference: {
      mean: near(mean),
      standardError: near(error),
      ci95: interval(mean, error, n),
      simultaneousCi95: interval(mean, error, n, 0.05 / pairs),
    },
    lift: expect.any(Object), // see lift.test.ts
    shareBetter: differences.filter((x) => x > 0).length / n,
    shareWorse: differences.filter((x) => x < 0).length / n,
    varianceRatio: near(ratio),
    equivalentSampleSize: near(n * ratio),
    significant: Math.abs(mean) > halfWidth(error, n, 0.05 / pairs),
  };
}

/** Expects bins that count these returns, and quantiles that are off by a bin at most and never beyond the range. */
export function expectDistribution({ quantiles, edges, counts }: Distribution, returns: readonly number[]): void {
  const sorted = returns.toSorted((a, b) => a - b);
  expect(edges).toHaveLength(counts.length + 1);
  expect(counts).toEqual(counts.map((_, bin) => sorted.filter((x) => x >= edges[bin]! && x < edges[bin + 1]!).length));
  expect(sum(counts)).toBe(returns.length);
  const widths = counts.map((count, bin) => (count > 0 && edges[bin]! > 1e-9 ? edges[bin + 1]! / edges[bin]! : 1));
  expect(Math.max(...widths)).toBeLessThanOrEqual(1 + 1 / 32);
  const shares = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 };
  expect(Object.keys(quantiles)).toEqual(Object.keys(shares));
  for (const [name, share] of Object.entries(shares)) {
    const exact = sorted[Math.ceil(share * returns.length - CLOSE) - 1]!;
    const told = quantiles[name as keyof typeof quantiles];
    expect(Math.abs(told - exact), `${name}: ${told} for ${exact}`).toBeLessThanOrEqual(Math.abs(exact) / 32 + CLOSE);
    expect(told).toBeGreaterThanOrEqual(sorted[0]! - CLOSE);
    expect(told).toBeLessThanOrEqual(sorted.at(-1)! + CLOSE);
  }
}

/** Of the time-uniform interval for a mean whose study may err with that chance: the paper's formula, by the host's mathematics. */
export function timeUniform(stddev: number, n: number, alpha: number): number {
  const rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha)) + 1) / 65_536;
  const inner = ((2 * (n * rho2 + 1)) / (n * n * rho2)) * Math.log(Math.sqrt(n * rho2 + 1) / alpha);
  return stddev * Math.sqrt(inner);
}
