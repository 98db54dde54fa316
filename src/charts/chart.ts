import { expectedMistake, oneOfMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Comparison } from "../montecarlo/comparison.js";
import type { Run } from "../montecarlo/run.js";
import type { SolvedCell } from "../report/describeSolutions.js";
import type { Sweep } from "../sweep/sweepResult.js";
import type { Solution } from "../solve/solution.js";
import type { EvalSummary } from "../train/evalRunner.js";
import type { LearningCurve } from "../train/replicate/curve.js";
import type { TrainSummary } from "../train/trainRunner.js";
import { drawFigure } from "./drawFigure.js";
import type { ChartKind, NamedFigure } from "./chartKinds.js";
import { figuresOf } from "./figuresOf.js";
import { loadPlot } from "./plotLibrary.js";
import { readResult } from "./readResult.js";
import { textOptionsOnce } from "./textOptions.js";

/** What can be shown: a result, or the JSON of one (`--json`, or `result.json` of `--out`) once it is parsed. */
export type Reportable =
  | Run
  | Comparison
  | Sweep
  | LearningCurve
  | TrainSummary
  | EvalSummary
  | Solution
  | readonly Pick<SolvedCell, "at" | "solution">[];

/** Options of `chart`. */
export interface ChartOptions {
  /** Name of the policy that others are compared with. Default: the first. */
  readonly baseline?: string;
  /** Name of the series, such as "satisfaction", for the kind "series". Default: the reward. */
  readonly series?: string;
}

const OPTIONS: readonly (keyof ChartOptions)[] = ["baseline", "series"];

/**
 * Draws one chart as SVG text: a file by itself, light or dark as its reader prefers, with a title and a description for screen readers.
 * The same result gives the same text everywhere. `kind` is one of those in `chartKinds` that the result has. Default: the most telling.
 * Needs the packages @observablehq/plot and, in Node, linkedom; rejects with an error that names them where they are missing. Rejects
 * with `InvalidInput` for anything but a result, and for a kind, a series or a baseline that it does not have.
 */
export async function chart(result: Reportable, kind?: ChartKind, options: ChartOptions = {}): Promise<string> {
  const given = textOptionsOnce("chart option", options, OPTIONS);
  const figures = figuresOf(readResult("result", result), given.baseline);
  const { figure } = chosenFigure(figures, kind, given.series);
  return drawFigure(figure, await loadPlot(), { alone: true, id: "chart" });
}

function chosenFigure(
  figures: readonly NamedFigure[],
  kind: string | undefined,
  series: string | undefined,
): NamedFigure {
  const kinds = [...new Set(figures.map((each) => each.kind))];
  if (kinds.length === 0) refuse([expectedMistake("result", "a result with numbers to draw", "one without any")]);
  const wanted = kind ?? (series === undefined ? kinds[0] : "series");
  refuse([oneOfMistake("kind", wanted, kinds)]);
  const own = figures.filter((each) => each.kind === wanted);
  const names = own.flatMap((each) => each.series ?? []);
  if (series !== undefined) refuse([oneOfMistake("series", series, names)]);
  return own.find((each) => series === undefined || each.series === series)!;
}
