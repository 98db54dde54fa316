import { escapeControls } from "../check/escapeControls.js";
import type { NamedFigure } from "./chartKinds.js";
import { evenPlaces } from "./drawable.js";
import type { Figure } from "./figure.js";
import { heatMap } from "./heatMap.js";
import { intervalsFigure, type IntervalRow } from "./intervalsFigure.js";
import { linesFigure, type Line } from "./linesFigure.js";
import { liftText } from "./simulatedFigures.js";
import { sweepTable } from "./sweepTable.js";
import { bestOf, placeOf, policiesIn, valuesOf, variedIn, type Cell, type Sweep } from "./sweptCells.js";
import { fewOf } from "./words.js";

/** Rows of a forest plot: of more cells, some that are evenly spaced are drawn. */
const MAX_ROWS = 40;
/** The weakest shade, so that every cell shows its colour. */
const FAINTEST = 0.15;

/** What is shown of the cells of one seed. */
interface Shown {
  readonly cells: readonly Cell[];
  /** Names of what varies. */
  readonly varied: readonly string[];
  readonly baseline: string;
  /** Behind titles: which seed it is, if there are several. */
  readonly under: string;
}

/** Returns the charts of a sweep, for every seed by itself. */
export function sweepFigures({ cells, baseline }: Sweep): NamedFigure[] {
  const seeds = [...new Set(cells.map(({ seed }) => seed))];
  return seeds.flatMap((seed) => {
    const under = seeds.length > 1 ? `, seed ${escapeControls(seed)}` : "";
    const own = cells.filter((cell) => cell.seed === seed);
    return figuresIn({ cells: own, varied: variedIn(own), baseline, under });
  });
}

function figuresIn(shown: Shown): NamedFigure[] {
  const { cells, varied } = shown;
  const [name, second] = varied;
  const isAxis = name !== undefined && cells.every(({ at }) => typeof at[name] === "number");
  const ofBest = policiesIn(cells).length > 1 ? liftsFigure(shown) : totalsFigure(shown);
  return [...(isAxis && second === undefined ? lineFigures(shown, name) : []), ofBest];
}

/** Returns mean returns, and regrets where worlds are solved, by the one number that varies. */
function lineFigures({ cells, under }: Shown, name: string): NamedFigure[] {
  const x = escapeControls(name);
  const optimum = lineOver(cells, name, "optimum", ({ optimum: of }) => {
    return of && { mean: of.value, ci95: [of.value - of.valueError, of.value + of.valueError] };
  });
  const [means, regrets] = (["mean", "regret"] as const).map((of) =>
    policiesIn(cells).map((policy) =>
      lineOver(cells, name, policy, (cell) => {
        const own = cell.policies.find((each) => each.policy === policy);
        return of === "mean" ? own : own?.regret;
      }),
    ),
  ) as [Line[], Line[]];
  const solved = optimum.points.length > 0;
  const totals = linesFigure(solved ? [...means, optimum] : means, {
    title: `Mean return by ${x}${under}`,
    x,
    y: "mean return",
  });
  const distances = regrets.filter(({ points }) => points.length > 0);
  const words = { title: `Regret by ${x}${under}`, x, y: "optimum less mean return" };
  return [
    { kind: "means", figure: totals },
    ...(distances.length > 0 ? [{ kind: "regrets" as const, figure: linesFigure(distances, words) }] : []),
  ];
}

type Estimate = Pick<Cell["policies"][number], "mean" | "ci95">;

function lineOver(
  cells: readonly Cell[],
  name: string,
  line: string,
  estimate: (cell: Cell) => Estimate | undefined,
): Line {
  const points = cells.flatMap((cell) => {
    const found = estimate(cell);
    return found ? [{ x: cell.at[name] as number, mean: found.mean, ci95: found.ci95 }] : [];
  });
  return { name: line, points: points.toSorted((a, b) => a.x - b.x) };
}

/** Returns the best policy of every cell with its lift: a heat map where two values vary, a forest plot otherwise. */
function liftsFigure(shown: Shown): NamedFigure {
  const [down, across, third] = shown.varied;
  if (down === undefined || across === undefined || third !== undefined) return forestOfLifts(shown);
  return { kind: "lifts", figure: liftsMap(shown, down, across) };
}

function liftsMap({ cells, varied, baseline, under }: Shown, rows: string, columns: string): Figure {
  const legend = policiesIn(cells).filter((policy) => cells.some(({ best }) => best === policy));
  const ratios = cells.map(({ lift }) => lift?.ratio ?? 0).map((ratio) => (Number.isFinite(ratio) ? ratio : 0));
  const greatest = Math.max(...ratios, Number.MIN_VALUE);
  const [down, across] = [escapeControls(rows), escapeControls(columns)];
  const drawn = cells.map(({ at, best, lift }, place) => ({
    row: at[rows]!,
    column: at[columns]!,
    colour: legend.indexOf(best),
    shade: FAINTEST + (1 - FAINTEST) * (ratios[place]! / greatest),
    text: [best, ...(lift ? [liftText(lift, 1)] : [])],
  }));
  const sentences = cells.map((cell) => `${placeOf(cell, varied)}: ${bestText(cell)}.`);
  return {
    title: `Best policy and its lift over ${escapeControls(baseline)}${under}`,
    description: `By ${down} (down) and ${across} (across); the stronger, the greater the lift. ${fewOf(sentences)}`,
    legend,
    ...heatMap(drawn, { down, across }),
    table: sweepTable(cells, varied, baseline),
  };
}

function forestOfLifts({ cells, varied, baseline, under }: Shown): NamedFigure {
  const figure = forestOf(cells, (cell): IntervalRow => {
    const { mean: value = NaN, ci95 = [NaN, NaN], simultaneousCi95 = [NaN, NaN] } = cell.difference ?? {};
    const note = cell.lift ? liftText(cell.lift) : "–";
    return { name: nameOf(cell, varied), value, ci95, wider: simultaneousCi95, note };
  });
  const words = {
    title: `Best policy's difference from ${escapeControls(baseline)}${under}`,
    label: "difference of mean return",
    of: "world",
    wider: "simultaneous 95 % interval",
    note: "lift",
    zero: true,
  };
  return {
    kind: "lifts",
    figure: { ...intervalsFigure(figure, words), table: sweepTable(cells, varied, baseline) },
  };
}

/** Returns the mean returns of the only policy. */
function totalsFigure({ cells, varied, baseline, under }: Shown): NamedFigure {
  const rows = forestOf(cells, (cell): IntervalRow => {
    const { mean: value, ci95 } = bestOf(cell);
    return { name: placeOf(cell, varied), value, ci95 };
  });
  const title = `Mean return under ${escapeControls(baseline)}${under}`;
  const words = { title, label: "mean return", of: "world", zero: false };
  return { kind: "totals", figure: { ...intervalsFigure(rows, words), table: sweepTable(cells, varied, baseline) } };
}

function forestOf(cells: readonly Cell[], row: (cell: Cell) => IntervalRow): IntervalRow[] {
  return evenPlaces(cells.length, MAX_ROWS).map((at) => row(cells[at]!));
}

/** Returns the values of the cell and its best policy, without the names of the values: there is little room. */
function nameOf(cell: Cell, varied: readonly string[]): string {
  return `${valuesOf(cell, varied).join(", ")}: ${cell.best}`;
}

function bestText({ best, lift }: Cell): string {
  return [escapeControls(best), ...(lift ? [liftText(lift)] : [])].join(" ");
}
