import { decimalsFor, decimalsForAll, formatInterval, formatNumber } from "../report/formatNumber.js";
import type { FigureTable } from "./figure.js";
import { liftInterval, liftText } from "./simulatedFigures.js";
import { bestOf, policiesIn, valuesOf, type Cell } from "./sweptCells.js";

/** Returns a row for each cell: the best policy, its lift, every policy's mean return, and optimum and regret where worlds are solved. */
export function sweepTable(cells: readonly Cell[], varied: readonly string[], baseline: string): FigureTable {
  const policies = policiesIn(cells);
  const decimals = decimalsForAll(cells.flatMap((cell) => cell.policies.map(errorOf)));
  const solved = cells.some(({ optimum }) => optimum !== undefined);
  return {
    titles: [
      ...varied,
      "best",
      `lift over ${baseline}`,
      "simultaneous 95 % interval",
      ...policies.map((policy) => `mean of ${policy}`),
      ...(solved ? ["optimum", "regret of the best", "95 % interval"] : []),
    ],
    rows: cells.map((cell) => [
      ...valuesOf(cell, varied),
      cell.best,
      cell.lift ? liftText(cell.lift) : "–",
      cell.lift ? liftInterval(cell.lift.simultaneousCi95) : "–",
      ...policies.map((name) => formatNumber(meanOf(cell, name), decimals)),
      ...(solved ? optimumCells(cell, decimals) : []),
    ]),
  };
}

function errorOf({ ci95: [low, high] }: Cell["policies"][number]): number {
  return (high - low) / 4;
}

function meanOf({ policies }: Cell, name: string): number {
  return policies.find(({ policy }) => policy === name)?.mean ?? NaN;
}

function optimumCells(cell: Cell, decimals: number): string[] {
  const { regret } = bestOf(cell);
  const { value, valueError } = cell.optimum ?? { value: NaN, valueError: NaN };
  return [
    formatNumber(value, decimalsFor(valueError)),
    formatNumber(regret?.mean ?? NaN, decimals),
    formatInterval(regret?.ci95 ?? [NaN, NaN], decimals),
  ];
}
