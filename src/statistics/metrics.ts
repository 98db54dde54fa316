import type { ExactMoments } from "../numeric/exactMoments.js";
import { meanInterval, type Moments } from "../numeric/moments.js";
import type { Estimator } from "./estimator.js";
import type { RatioTotals } from "./ratioTotals.js";
import type { RunTotals } from "./runTotals.js";
import type { ValueTotals } from "./valueTotals.js";

/** One number for every step. */
export interface Series {
  /** Mean over the users who took each step. */
  readonly mean: readonly number[];
  /** Standard error of each mean. */
  readonly standardError: readonly number[];
}

/** Distribution of users' returns. */
export interface Distribution {
  /** Quantiles, at most 1/32 of their value off. */
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

/** Metrics of every run. */
export interface CommonMetrics {
  /** Over users: the sum of an episode's rewards, or its estimate. */
  readonly totalReward: Moments;
  /** Over users: the steps of an episode. */
  readonly episodeLength: Moments;
  /** Clicks on each slot of the slate. */
  readonly clickPositions: readonly number[];
  /** Steps in which nothing was clicked. */
  readonly noClicks: number;
  /** How total reward is spread over users. */
  readonly totalRewardDistribution: Distribution;
  /** Total reward as it was drawn; not under the estimator "sampled", where that is the total reward. */
  readonly sampledTotalReward?: Moments;
  /** Variance of what was drawn over that of the estimates: a user is worth so many whose rewards are drawn. Not under "sampled". */
  readonly varianceRatio?: number;
}

/**
 * The metrics of a run: those that every world has, and those named by `Name` (one number for each user, or a ratio) and `SeriesName`
 * (a mean over users at every step).
 */
export type Metrics<Name extends string = never, SeriesName extends string = never> = CommonMetrics & {
  readonly [Each in Name]: Moments;
} & {
  /** As far as any user came. */
  readonly perStep: {
    /** Users who took each step: the others are means over these. */
    readonly users: readonly number[];
    readonly reward: Series;
  } & { readonly [Each in SeriesName]: Series };
};

/** Reserved names of metrics. */
export const RESERVED_NAMES: readonly string[] = [
  "totalReward",
  "episodeLength",
  "clickPositions",
  "noClicks",
  "totalRewardDistribution",
  "sampledTotalReward",
  "varianceRatio",
  "perStep",
];

/** Reserved names of series. */
export const RESERVED_SERIES: readonly string[] = ["users", "reward"];

/** The metrics of any run, by their names. */
export type AnyMetrics = Metrics<string, string>;

/** Metrics for code that takes the names from the world instead of the type. */
export function metricsByName(metrics: CommonMetrics): AnyMetrics {
  return metrics as AnyMetrics;
}

export function metricsOf(totals: RunTotals, estimator: Estimator, warmUp: number): AnyMetrics {
  const { choicesAfter, usersPerStep, shape } = totals;
  const { names, values, ratios, rewardName } = shape.layout;
  const totalReward = userMoments(totals.totalReward);
  const declared = names.map((name) => {
    const moments = values.includes(name)
      ? userMoments(totals.values[values.indexOf(name)]!)
      : ratioMoments(totals.ratios[ratios.indexOf(name)]!, totals.users);
    return [name, moments];
  });
  const counted = usersPerStep.slice(warmUp).reduce((sum, users) => sum + users, 0);
  const metrics = {
    totalReward,
    ...(rewardName !== undefined && { [totalName(rewardName)]: totalReward }),
    episodeLength: userMoments(totals.episodeLength),
    ...Object.fromEntries(declared),
    clickPositions: clickPositions(choicesAfter, counted),
    noClicks: choicesAfter.at(-1)!,
    perStep: perStep(totals),
    totalRewardDistribution: distribution(totals),
    ...(estimator !== "sampled" && sampledMetrics(totals)),
  };
  return metrics as unknown as AnyMetrics;
}

/** Returns the further name of the total reward: `totalEngagement` for `engagement`. */
export function totalName(rewardName: string): string {
  return `total${rewardName[0]!.toUpperCase()}${rewardName.slice(1)}`;
}

function perStep({ usersPerStep, series, columns, shape: { layout } }: RunTotals): AnyMetrics["perStep"] {
  const users = usersPerStep.filter((count) => count > 0);
  const named = ["reward", ...layout.series].map((name, column) => {
    return [name, seriesOf(series.filter((_, entry) => entry % columns === column).slice(0, users.length))] as const;
  });
  const [[, reward]] = named as [(typeof named)[number]];
  const { rewardName } = layout;
  const all = { users, ...Object.fromEntries(named), ...(rewardName !== undefined && { [rewardName]: reward }) };
  return all as unknown as AnyMetrics["perStep"];
}

function sampledMetrics({ sampledReward, totalReward }: RunTotals) {
  const varianceRatio = sampledReward.variance() / totalReward.variance();
  return { sampledTotalReward: userMoments(sampledReward), varianceRatio };
}

const MAX_BINS = 512;

function distribution({ totalReward: { min, max }, histogram }: RunTotals): Distribution {
  const at = (share: number): number => Math.min(max, Math.max(min, histogram.quantile(share)));
  const quantiles = { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
  return { quantiles, ...histogram.bins(MAX_BINS) };
}

/** Returns the number of steps whose choice is each slot, from the numbers of choices after it. */
function clickPositions(choicesAfter: readonly number[], steps: number): number[] {
  const reached = [steps, ...choicesAfter];
  return choicesAfter.map((after, slot) => reached[slot]! - after);
}

function userMoments(values: ValueTotals): Moments {
  return momentsOf(values, Math.sqrt(values.variance() / values.count), values.count);
}

/** Counts only users with an observation, because only these show how users differ. */
function ratioMoments(ratio: RatioTotals, users: number): Moments {
  return momentsOf(ratio, ratio.clusteredError(users), ratio.users);
}

function momentsOf(values: ValueTotals | RatioTotals, standardError: number, observations: number): Moments {
  const mean = values.mean();
  const ci95 = meanInterval(mean, standardError, observations);
  const [min, max] = values.min <= values.max ? [values.min, values.max] : [NaN, NaN];
  return { mean, variance: values.variance(), standardError, ci95, min, max };
}

function seriesOf(steps: readonly ExactMoments[]): Series {
  return {
    mean: steps.map((moments) => moments.mean()),
    standardError: steps.map((moments) => Math.sqrt(moments.variance() / moments.count)),
  };
}
