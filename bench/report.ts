import type { Machine } from "./machine.js";
import type { Score } from "./score.js";
import { spread, type Spread } from "./spread.js";
import { mergeStarts, type Start } from "./start.js";
import type { Entry } from "./tasks.js";

export interface Row {
  readonly task: string;
  readonly candidate: string;
  readonly userStepsPerSecond: Spread;
  /** How many times as fast as this one `than` is. */
  readonly ratio: Spread & { readonly than: string };
  readonly totalEngagement: { readonly mean: number; readonly standardError: number };
}

/** Spreads are over rounds, or over the processes' medians where there are several processes. */
export interface Report {
  readonly machine: Machine;
  readonly processes: number;
  readonly rounds: number;
  readonly start: Start;
  readonly rows: readonly Row[];
  /** Who does not simulate the same thing, a sentence each. */
  readonly problems: readonly string[];
}

/** One row for every entry; `scores` in the order of the entries. */
export function rowsOf(entries: readonly Entry[], scores: readonly Score[]): Row[] {
  return entries.map(({ candidate, baseline }, i) => {
    const { speeds } = scores[i]!;
    const baselineSpeeds = scores.find((score) => score.candidate === baseline)!.speeds;
    const ratios = speeds.map((speed, round) => baselineSpeeds[round]! / speed);
    return {
      task: candidate.task.name,
      candidate: candidate.name,
      userStepsPerSecond: spread(speeds),
      ratio: { than: `${baseline.name}, ${baseline.task.name}`, ...spread(ratios) },
      totalEngagement: scores[i]!.engagement(),
    };
  });
}

/** One report of several processes, which all simulated the same users and so found the same means. */
export function mergeReports(reports: readonly Report[]): Report {
  const last = reports.at(-1)!;
  const rows = last.rows.map((_, i) => mergeRows(reports.map((report) => report.rows[i]!)));
  const start = mergeStarts(reports.map((report) => report.start));
  const problems = reports.flatMap((report) => report.problems);
  return { ...last, processes: reports.length, start, rows, problems };
}

function mergeRows(rows: readonly Row[]): Row {
  const [first] = rows as [Row];
  const userStepsPerSecond = spread(rows.map((row) => row.userStepsPerSecond.median));
  const ratio = { than: first.ratio.than, ...spread(rows.map((row) => row.ratio.median)) };
  return { ...first, userStepsPerSecond, ratio };
}
