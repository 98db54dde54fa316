import type { Regret } from "../solve/regret.js";
import type { Cell, ColumnType, Row, Table } from "../tables/table.js";
import type { EpisodeStatistics, LearningCurve, Settings } from "../train/index.js";

/** The first columns of a training's table. */
export const TRAIN_COLUMNS = ["agent", "iteration"];

const INTEGERS: ReadonlySet<string> = new Set([
  "iteration",
  "totalSteps",
  "trainingSteps",
  "episodes",
  "steps",
  "replications",
]);
const REGRET = ["regret", "regretLow", "regretHigh"];

/** Returns the iterations of a training, or the evaluations of checkpoints, with their regrets. */
export function statisticsTable(
  { agent }: Settings,
  statistics: readonly (EpisodeStatistics & { readonly iteration: number })[],
  regrets: readonly Regret[] | undefined,
): Table {
  const rows = statistics.map((each, at): Row => ({ agent: String(agent), ...each, ...regretCells(regrets?.[at]) }));
  return tableOf(rows);
}

/** Returns a learning curve. */
export function curveTable({ settings, points }: LearningCurve): Table {
  const rows = points.map(({ iteration, mean, standardError, ci95: [low, high], values, regret }): Row => {
    const agent = String(settings["agent"]);
    return { agent, iteration, replications: values.length, mean, standardError, low, high, ...regretCells(regret) };
  });
  return tableOf(rows);
}

function regretCells(regret: Regret | undefined): Readonly<Record<string, Cell>> {
  if (regret === undefined) return {};
  const cells = [regret.mean, ...regret.ci95];
  return Object.fromEntries(REGRET.map((name, place) => [name, cells[place]!]));
}

function typeOf(name: string): ColumnType {
  if (name === "agent") return "text";
  return INTEGERS.has(name) ? "integer" : "number";
}

function tableOf(rows: readonly Row[]): Table {
  const names = Object.keys(rows[0] ?? {});
  return { columns: Object.fromEntries(names.map((name) => [name, typeOf(name)])), rows };
}
