import { decimalsFor, formatInterval, formatNumber, formatShare, formatSpeed } from "./formatNumber.js";
import type { Series } from "../montecarlo/metrics.js";
import type { Run } from "../montecarlo/run.js";
import type { Moments } from "../numeric/moments.js";
import { sparkline } from "./sparkline.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

/** Characters that the names and ends of the series take beside the bars. */
const BESIDE_BARS = 40;
const FEWEST_BARS = 8;
const MOST_BARS = 60;

/** One run for people. `world` names the scenario; `width` is the terminal's, in characters. */
export function describeRun(run: Run, world: string, width: number = Infinity): string {
  const { metrics } = run;
  const header = wrap([world, `· ${run.policy}`, ...describeExtent(run), `· ${run.engine} engine`], width);
  return [header, momentsTable(metrics, width), clicks(metrics, width), perStep(metrics, width), provenance(run)].join(
    "\n\n",
  );
}

/** Users, steps and seed as header items. */
export function describeExtent(run: Pick<Run, "users" | "firstUser" | "steps" | "seed">): string[] {
  const last = formatNumber(run.firstUser + run.users - 1);
  const range = run.firstUser === 0 ? "" : ` (${formatNumber(run.firstUser)} to ${last})`;
  const extent = `${counted(run.users, "user")}${range} × ${counted(run.steps, "step")}`;
  return [`· ${extent}`, `· seed ${JSON.stringify(run.seed)}`];
}

function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function momentsTable(metrics: Run["metrics"], width: number): string {
  const titles = ["metric", "mean", "95 % interval", "sd", "min", "max"];
  const rows = [
    momentsRow("total engagement", metrics.totalEngagement),
    momentsRow("final satisfaction", metrics.finalSatisfaction),
    momentsRow("final exposure", metrics.finalExposure),
    momentsRow("educativeness of clicks", metrics.clickedEducativeness),
  ];
  return table([titles, ...rows], width);
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

function clicks({ clickPositions, noClicks }: Run["metrics"], width: number): string {
  const total = clickPositions.reduce((sum, count) => sum + count, noClicks);
  const slots = clickPositions.map((count, slot) => `slot ${slot}: ${formatShare(count / total)}`);
  return wrap(["clicks", ...slots, `no click: ${formatShare(noClicks / total)}`], width, "  ", "clicks  ".length);
}

function perStep({ perStep: { engagement, satisfaction } }: Run["metrics"], width: number): string {
  const bars = Math.min(Math.max(width - BESIDE_BARS, FEWEST_BARS), MOST_BARS);
  const rows = [seriesRow("engagement", engagement, bars), seriesRow("satisfaction", satisfaction, bars)];
  return table([["mean per step", "first", "", "last"], ...rows]);
}

function seriesRow(name: string, { mean, standardError }: Series, bars: number): string[] {
  const decimals = decimalsFor(standardError[0]!);
  return [name, formatNumber(mean[0]!, decimals), sparkline(mean, bars), formatNumber(mean.at(-1)!, decimals)];
}

function provenance(run: Run): string {
  const { seconds, userStepsPerSecond } = run.timing;
  return [
    `digest  ${run.digest}  (stream version ${run.streamVersion})`,
    `speed   ${formatSpeed(userStepsPerSecond)} user-steps, ${formatNumber(seconds, 2)} s`,
  ].join("\n");
}
