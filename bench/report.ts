import type { Machine } from "./machine.js";
import type { Score } from "./score.js";
import type { Entry } from "./tasks.js";

/** Over rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Row {
  readonly task: string;
  readonly contender: string;
  readonly userStepsPerSecond: Spread;
  /** How many times as fast as this one `than` is. */
  readonly ratio: Spread & { readonly than: string };
  readonly totalEngagement: { readonly mean: number; readonly standardError: number };
}

export interface Report {
  readonly machine: Machine;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

/** One row for every entry; `scores` in the order of the entries. */
export function rowsOf(entries: readonly Entry[], scores: readonly Score[]): Row[] {
  return entries.map(({ contender, yardstick }, i) => {
    const { speeds } = scores[i]!;
    const yardstickSpeeds = scores.find((score) => score.contender === yardstick)!.speeds;
    const ratios = speeds.map((speed, round) => yardstickSpeeds[round]! / speed);
    return {
      task: contender.task.name,
      contender: contender.name,
      userStepsPerSecond: spread(speeds),
      ratio: { than: `${yardstick.name}, ${yardstick.task.name}`, ...spread(ratios) },
      totalEngagement: scores[i]!.engagement(),
    };
  });
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle]!;
  const median = sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}
