import { escapeControls } from "../check/escapeControls.js";
import { liftOf, type Lift, type MeanAndVariance } from "../montecarlo/lift.js";
import { meanInterval, type Interval } from "../numeric/moments.js";
import { formatInterval, formatNumber } from "../report/formatNumber.js";
import { clicksFigure } from "./clicksFigure.js";
import { distributionFigure } from "./distributionFigure.js";
import type { NamedFigure } from "./chartKinds.js";
import { intervalsFigure } from "./intervalsFigure.js";
import { linesFigure, type Line } from "./linesFigure.js";
import type { ReadShapes } from "./readResult.js";
import { wordsOf } from "./words.js";

type Comparison = ReadShapes["comparison"];
type Metrics = ReadShapes["run"]["metrics"];

/** The metrics of a policy under its name. */
export interface Group {
  readonly name: string;
  readonly metrics: Metrics;
}

/** A policy against the baseline. */
export interface AgainstBaseline {
  readonly name: string;
  readonly difference: Comparison["pairs"][number]["difference"];
  readonly significant: boolean;
  readonly lift: Lift;
}

/** Returns the world's name for the reward, by the series that is the reward's and has a total. */
export function rewardNameOf({ perStep, ...metrics }: Metrics): string {
  const isTotal = (name: string): boolean => Object.hasOwn(metrics, `total${name[0]?.toUpperCase()}${name.slice(1)}`);
  return Object.keys(perStep).find((name) => name !== "users" && name !== "reward" && isTotal(name)) ?? "reward";
}

/** Returns the charts of one policy or several. */
export function simulatedFigures(groups: readonly Group[], estimator: string | undefined): NamedFigure[] {
  const reward = wordsOf(rewardNameOf(groups[0]!.metrics));
  const distributions = groups
    .map(({ name, metrics }) => ({ name, distribution: metrics.totalRewardDistribution }))
    .filter(({ distribution }) => distribution.counts.length > 0);
  const ofUsers = estimator !== "controlled" && distributions.length > 0; // its estimates are not those of single users
  return [
    ...seriesFigures(groups),
    ...(ofUsers
      ? [{ kind: "distribution" as const, figure: distributionFigure(distributions, `total ${reward}`) }]
      : []),
    { kind: "clicks", figure: clicksFigure(groups.map(({ name, metrics }) => ({ name, ...metrics }))) },
  ];
}

/** Returns the means of several policies below one another. */
export function totalsFigure(groups: readonly Group[]): NamedFigure {
  const reward = wordsOf(rewardNameOf(groups[0]!.metrics));
  const rows = groups.map(({ name, metrics: { totalReward } }) => ({
    name,
    value: totalReward.mean,
    ci95: totalReward.ci95,
  }));
  const label = `mean total ${reward}`;
  return {
    kind: "totals",
    figure: intervalsFigure(rows, { title: `Total ${reward}`, label, of: "policy", zero: false }),
  };
}

/** Returns every other policy's difference from the baseline, and its lift. */
export function againstBaseline({ policies, pairs, users = NaN }: Comparison, baseline: string): AgainstBaseline[] {
  const totalOf = (name: string): MeanAndVariance =>
    policies.find(({ policy }) => policy === name)!.metrics.totalReward;
  return policies.flatMap(({ policy: name }) => {
    const pair = pairs.find(({ a, b }) => (a === baseline && b === name) || (a === name && b === baseline));
    if (name === baseline || pair === undefined) return [];
    const difference = pair.a === baseline ? pair.difference : negated(pair.difference);
    const { mean, standardError, ci95, simultaneousCi95 } = difference;
    const moments = {
      users,
      a: totalOf(baseline),
      b: totalOf(name),
      difference: { mean, variance: users * standardError ** 2 },
    };
    const lift = liftOf(moments, ci95, simultaneousCi95);
    return [{ name, difference, significant: pair.significant, lift }];
  });
}

function negated(difference: AgainstBaseline["difference"]): AgainstBaseline["difference"] {
  const { mean, ci95, simultaneousCi95 } = difference;
  return { ...difference, mean: -mean, ci95: turned(ci95), simultaneousCi95: turned(simultaneousCi95) };
}

function turned([low, high]: Interval): [number, number] {
  return [-high, -low];
}

/** Returns the paired differences from the baseline as a forest plot. */
export function differencesFigure(comparison: Comparison, baseline: string): NamedFigure[] {
  const reward = wordsOf(rewardNameOf(comparison.policies[0]!.metrics));
  const rows = againstBaseline(comparison, baseline).map(({ name, difference, lift }) => {
    const { mean: value, ci95, simultaneousCi95: wider } = difference;
    return { name, value, ci95, wider, note: liftText(lift) };
  });
  const words = {
    title: `Difference from ${escapeControls(baseline)}`,
    label: `difference of total ${reward}`,
    of: "policy",
    wider: "simultaneous 95 % interval",
    note: "lift",
    zero: true,
  };
  return rows.length === 0 ? [] : [{ kind: "differences", figure: intervalsFigure(rows, words) }];
}

/** A lift as `+3.52 %`. */
export function liftText({ ratio }: Pick<Lift, "ratio">, decimals = 2): string {
  if (!Number.isFinite(ratio)) return "–";
  return `${ratio >= 0 ? "+" : "-"}${formatNumber(100 * Math.abs(ratio), decimals)} %`;
}

/** The interval of a lift in per cent, with two decimals. */
export function liftInterval([low, high]: Interval): string {
  const interval = formatInterval([100 * low, 100 * high], 2);
  return interval === "–" ? interval : `${interval} %`;
}

/** Returns a chart of each series: the reward first, which may have another name, too. */
function seriesFigures(groups: readonly Group[]): NamedFigure[] {
  const { perStep } = groups[0]!.metrics;
  const reward = rewardNameOf(groups[0]!.metrics);
  const others = Object.keys(perStep).filter((name) => !["users", "reward", reward].includes(name));
  return [reward, ...others].flatMap((name) => {
    const lines = groups.map((group) => lineOf(group, name)).filter(({ points }) => points.length > 0);
    if (lines.length === 0) return [];
    const [y, title] = [`mean ${wordsOf(name)}`, `${capital(wordsOf(name))} over steps`];
    return [{ kind: "series" as const, series: name, figure: linesFigure(lines, { title, x: "step", y }) }];
  });
}

function lineOf({ name, metrics: { perStep } }: Group, series: string): Line {
  const { mean = [], standardError = [] } =
    (perStep as Readonly<Record<string, Metrics["perStep"]["reward"]>>)[series] ?? {};
  const points = mean.map((value, step) => {
    return {
      x: step + 1,
      mean: value,
      ci95: meanInterval(value, standardError[step] ?? NaN, perStep.users[step] ?? 0),
    };
  });
  return { name, points };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
