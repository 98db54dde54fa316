import { decimalsForAll, formatInterval, formatNumber } from "../report/formatNumber.js";
import { sparkline } from "../report/sparkline.js";
import { table } from "../report/table.js";
import { wrap } from "../report/wrap.js";
import type { CurvePoint, LearningCurve } from "../train/index.js";
import { describeOptimum } from "./optimum.js";

const INTERVAL = "95 % interval";
/** Maximal number of bars in the picture of a curve. */
const MAX_BARS = 60;

/** Describes a learning curve: a picture, a line for each iteration, and where its interval comes from. `width` is in characters. */
export function describeCurve({ settings, points, optimum }: LearningCurve, world: string, width: number): string {
  const { agent, seed, replications, maxEvalEpisodes } = settings;
  const decimals = decimalsForAll(points.map(({ standardError }) => standardError));
  const regrets = optimum === undefined ? [] : ["regret", INTERVAL];
  const titles = ["iteration", "mean return", INTERVAL, ...regrets];
  const title = [
    world,
    `· ${String(agent)}`,
    `· ${String(replications)} replications`,
    `· seed ${JSON.stringify(seed)}`,
  ];
  const note =
    `Each replication trains on users of its own, and is evaluated on ${formatNumber(maxEvalEpisodes as number)} more after every ` +
    "iteration; the intervals are Student's, over the replications.";
  const sentences = [note, ...(optimum ? [describeOptimum(optimum)] : [])];
  return [
    wrap(title, width),
    pictureOf(points, decimals),
    table([titles, ...points.map((point) => cellsOf(point, decimals))], width),
    ...sentences.map((sentence) => wrap(sentence.split(" "), width)),
  ].join("\n\n");
}

function pictureOf(points: readonly CurvePoint[], decimals: number): string {
  const means = points.map(({ mean }) => mean);
  const [first, last] = [means[0]!, means.at(-1)!].map((mean) => formatNumber(mean, decimals));
  return `mean return  ${first} ${sparkline(means, MAX_BARS)} ${last}`;
}

function cellsOf({ iteration, mean, ci95, regret }: CurvePoint, decimals: number): string[] {
  const regrets =
    regret === undefined ? [] : [formatNumber(regret.mean, decimals), formatInterval(regret.ci95, decimals)];
  return [String(iteration), formatNumber(mean, decimals), formatInterval(ci95, decimals), ...regrets];
}
