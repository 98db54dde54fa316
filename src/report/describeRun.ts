import { escapeControls } from "../check/escapeControls.js";
import {
  decimalsFor,
  formatInterval,
  formatNumber,
  formatRatio,
  formatShare,
  formatSpeed,
  formatWorth,
} from "./formatNumber.js";
import { BLOCK_USERS } from "../statistics/blocks.js";
import { metricsByName, type AnyMetrics, type Series } from "../statistics/metrics.js";
import type { Run, RunEnd, RunHeader } from "../montecarlo/run.js";
import type { Timing } from "../montecarlo/timing.js";
import type { Moments } from "../numeric/moments.js";
import { describeMissing } from "./missingIntervals.js";
import type { PrecisionReport } from "../studies/stoppingRule.js";
import { sparkline } from "./sparkline.js";
import { table } from "./table.js";
import { metricLabels, rewardWord, seriesNames, type DescribedWorld } from "./worldWords.js";
import { wrap } from "./wrap.js";

/** Number of characters for the names and ends of the series beside the bars. */
const BESIDE_BARS = 40;
const MIN_BARS = 8;
const MAX_BARS = 60;

/** Describes one run. `width` is the terminal's, in characters. */
export function describeRun(run: Run, world: DescribedWorld, width: number = Infinity): string {
  const metrics = metricsByName(run.metrics);
  const rows = momentsOf(world, metrics);
  const header = wrap([world.label, `· ${run.policy}`, ...describeExtent(run), `· ${run.engine} engine`], width);
  return [
    header,
    table([MOMENT_TITLES, ...rows.map(([label, moments]) => momentsRow(label, moments))], width),
    ...quantileRow(run, metrics, width),
    ...worthRow(run, metrics, width),
    clicks(metrics, width),
    perStep(world, metrics, width),
    ...describeMissing(
      rows.map(([, { ci95 }]) => ci95),
      run.users,
    ).map((note) => wrap(note.split(" "), width)),
    ...describeEnd(run),
    `digest  ${run.digest}  (stream version ${run.streamVersion})`,
  ].join("\n\n");
}

/** Returns users, steps, what counts how much, and seed as header items. */
export function describeExtent(
  run: Pick<RunHeader, "users" | "firstUser" | "steps" | "seed" | "discount" | "warmUp">,
): string[] {
  const last = formatNumber(run.firstUser + run.users - 1);
  const range = run.firstUser === 0 ? "" : ` (${formatNumber(run.firstUser)} to ${last})`;
  const extent = `${counted(run.users, "user")}${range} × ${counted(run.steps, "step")}`;
  return [
    `· ${extent}`,
    ...(run.discount === undefined ? [] : [`· discount ${run.discount}`]),
    ...(run.warmUp === undefined ? [] : [`· warm-up ${counted(run.warmUp, "step")}`]),
    `· seed ${JSON.stringify(run.seed)}`,
  ];
}

function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const MOMENT_TITLES = ["metric", "mean", "95 % interval", "sd", "min", "max"];

/** Returns every metric under its label; the length of episodes only if they differ. */
function momentsOf(world: DescribedWorld, metrics: AnyMetrics): (readonly [label: string, moments: Moments])[] {
  const { totalReward, episodeLength } = metrics;
  const differ = episodeLength.min !== episodeLength.max;
  return [
    [`total ${rewardWord(world)}`, totalReward],
    ...(differ ? [["episode length", episodeLength] as const] : []),
    ...metricLabels(world, metrics).map(([name, label]) => [label, metrics[name]!] as const),
  ];
}

function momentsRow(name: string, moments: Moments): string[] {
  const decimals = decimalsFor(moments.standardError);
  const spread = [Math.sqrt(moments.variance), moments.min, moments.max];
  return [
    name,
    formatNumber(moments.mean, decimals),
    formatInterval(moments.ci95, decimals),
    ...spread.map((value) => formatNumber(value, decimals)),
  ];
}

/** Describes the distribution of returns. Those of the estimator "controlled" say nothing of single users. */
function quantileRow({ estimator }: Run, metrics: AnyMetrics, width: number): string[] {
  if (estimator === "controlled") return [];
  const { totalReward, totalRewardDistribution } = metrics;
  const { quantiles, counts } = totalRewardDistribution;
  const decimals = decimalsFor(Math.sqrt(totalReward.variance) / 10);
  const texts = Object.entries(quantiles).map(
    ([name, value]) => `${name.slice(1)} %: ${formatNumber(value, decimals)}`,
  );
  const picture = counts.length > 1 ? [sparkline(counts, MAX_BARS / 2)] : [];
  return [wrap(["quantiles", ...texts, ...picture], width, "  ", "quantiles  ".length)];
}

/** Describes what estimates are worth whose variance is less than that of sampled rewards. */
function worthRow({ users, estimator }: Run, { varianceRatio }: AnyMetrics, width: number): string[] {
  if (varianceRatio === undefined) return [];
  const share = `1/${formatRatio(varianceRatio)} of the sampled variance`;
  return [wrap([estimator!, share, formatWorth(users, varianceRatio)], width, "  ", `${estimator}  `.length)];
}

function clicks({ clickPositions, noClicks }: AnyMetrics, width: number): string {
  const total = clickPositions.reduce((sum, count) => sum + count, noClicks);
  const slots = clickPositions.map((count, slot) => `slot ${slot}: ${formatShare(count / total)}`);
  return wrap(["clicks", ...slots, `no click: ${formatShare(noClicks / total)}`], width, "  ", "clicks  ".length);
}

function perStep(world: DescribedWorld, { perStep: series }: AnyMetrics, width: number): string {
  const bars = Math.min(Math.max(width - BESIDE_BARS, MIN_BARS), MAX_BARS);
  const rows = [
    seriesRow(rewardWord(world), series.reward, bars),
    ...seriesNames(world, series).map((name) => seriesRow(name, series[name]!, bars)),
  ];
  return table([["mean per step", "first", "", "last"], ...rows]);
}

function seriesRow(name: string, { mean, standardError }: Series, bars: number): string[] {
  const decimals = decimalsFor(standardError[0]!);
  return [name, formatNumber(mean[0]!, decimals), sparkline(mean, bars), formatNumber(mean.at(-1)!, decimals)];
}

/** Describes the speed, which differs from run to run, and therefore is no part of the result. */
export function describeSpeed({ userStepsPerSecond, seconds, workers }: Timing): string {
  const threads = workers === 1 ? "1 thread" : `${workers} threads`;
  if (userStepsPerSecond === 0) return `speed   nothing had to be simulated, ${formatNumber(seconds, 2)} s`;
  return `speed   ${formatSpeed(userStepsPerSecond)} user-steps, ${formatNumber(seconds, 2)} s, ${threads}`;
}

/** Describes the end of a run: interruption and precision, if any. `whole`: what a relative precision is a share of. */
export function describeEnd(
  { users, interrupted, precision }: RunEnd & Pick<Run, "users">,
  whole = "the mean",
): string[] {
  const early = interrupted ? [`Interrupted: these are the ${counted(users, "user")} that were finished.`] : [];
  return precision === undefined ? early : [...early, describePrecision(precision, users, whole)];
}

function describePrecision(report: PrecisionReport, users: number, whole: string): string {
  const { met, relative, halfWidth, method, intervals } = report;
  const wanted =
    relative === undefined ? `±${halfWidth}` : `±${Number((100 * relative).toPrecision(10))} % of ${whole}`;
  const end = intervals.length > 0 ? ":" : "."; // else the table of pairs lists them
  const lines = intervals.map(({ of, halfWidth: half, ci95 }) => {
    if (Number.isNaN(half))
      return `  ${of}: no interval, as the method has none below ${formatNumber(BLOCK_USERS)} users`;
    const decimals = decimalsFor(half);
    return `  ${escapeControls(of)}: ${formatInterval(ci95, decimals)}, ±${formatNumber(half, decimals)}`;
  });
  return [
    `precision ${wanted} ${met ? "met" : "NOT met"} after ${counted(users, "user")}; ${method}${end}`,
    ...lines,
  ].join("\n");
}
