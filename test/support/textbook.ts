// What a run says, from the numbers of every life by the formulas of a textbook: nothing here adds up by blocks.
import { expect } from "vitest";
import type { Distribution, LongTermSatisfactionWorld, Moments, Series, Trace, TraceStep } from "../../src/index.js";
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

/** [user] of every step; lives may be of any length. */
export function seriesOf(users: readonly (readonly number[])[]): Record<keyof Series, unknown> {
  const longest = Math.max(...users.map((life) => life.length));
  const columns = Array.from({ length: longest }, (_, step) => {
    return users.filter((life) => life.length > step).map((life) => life[step]!);
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
  { candidates, slate, probabilities }: TraceStep,
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

/** A user's return: what was drawn, or the means of it. */
export function returnOf(world: LongTermSatisfactionWorld, { initial, steps }: Trace, expected: boolean): number {
  if (!expected) return sum(steps.map(({ engagement }) => engagement));
  const before = [initial, ...steps];
  return sum(steps.map((step, time) => expectedEngagement(world, step, before[time]!.satisfaction)));
}

/** Everything but the distribution, from the lives of all users. */
export function metricsOfLives(world: LongTermSatisfactionWorld, lives: readonly Trace[], expected: boolean): object {
  const clicks = lives.map(({ steps }) => {
    const clicking = steps.filter(({ choice }) => choice < world.slateSize);
    return clicking.map(({ candidates, slate, choice }) => candidates[slate[choice]!]!.educativeness);
  });
  const choices = lives.flatMap(({ steps }) => steps.map(({ choice }) => choice));
  const counts = Array.from({ length: world.slateSize + 1 }, (_, slot) => choices.filter((at) => at === slot).length);
  const returns = lives.map((life) => returnOf(world, life, expected));
  const drawn = lives.map((life) => returnOf(world, life, false));
  const clicking = clicks.filter((life) => life.length > 0).length;
  return {
    totalEngagement: momentsOf(returns),
    finalSatisfaction: momentsOf(lives.map(({ steps }) => steps.at(-1)!.satisfaction)),
    finalExposure: momentsOf(lives.map(({ steps }) => steps.at(-1)!.exposure)),
    clickedEducativeness: momentsOf(clicks.flat(), exactClusteredError(clicks), clicking),
    clickPositions: counts.slice(0, -1),
    noClicks: counts.at(-1),
    perStep: {
      engagement: seriesOf(lives.map(({ steps }) => steps.map(({ engagement }) => engagement))),
      satisfaction: seriesOf(lives.map(({ steps }) => steps.map(({ satisfaction }) => satisfaction))),
    },
    ...(expected && {
      sampledTotalEngagement: momentsOf(drawn),
      varianceRatio: near(exactVariance(drawn) / exactVariance(returns)),
    }),
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
