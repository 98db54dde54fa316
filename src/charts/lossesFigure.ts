import { escapeControls } from "../check/escapeControls.js";
import { formatNumber, formatShare } from "../report/formatNumber.js";
import type { Figure } from "./figure.js";
import { heatMap } from "./heatMap.js";
import type { ReadShapes } from "./readResult.js";
import { fewOf } from "./words.js";

type Cell = ReadShapes["solutions"][number];

/** Losses from which on shades do not grow. */
const DARKEST = 0.5;
/** The colour, by its place in a legend. */
const COLOUR = 1;

/** What the mix that is best for one step loses against the optimum, over one or two parameters: a heat map. */
export function lossesFigure(cells: readonly Cell[]): Figure {
  const [rows = "", columns = rows] = Object.keys(cells[0]!.at);
  const all = cells.map(({ at, solution }) => {
    const loss = Math.max(0, (solution.value - solution.myopicValue) / solution.value);
    return { row: at[rows]!, column: at[columns]!, loss, solution };
  });
  const drawn = all.map(({ loss, ...cell }) => ({
    ...cell,
    colour: COLOUR,
    shade: loss / DARKEST,
    text: [`${formatNumber(100 * loss, 1)} %`],
  }));
  const [down, across] = [rows, columns].map(escapeControls) as [string, string];
  return {
    title: "Loss of the mix that is best for one step",
    description: `Share of the optimum that is lost, by ${down} (down) and ${across} (across). ${fewOf(all.map(({ row, column, loss }) => `${row}, ${column}: ${formatShare(loss)}.`))}`,
    legend: [],
    ...heatMap(drawn, { down, across }),
    table: {
      titles: [rows, columns, "optimum", "best for one step", "loss"],
      rows: all.map(({ row, column, loss, solution }) => [
        String(row),
        String(column),
        formatNumber(solution.value, 2),
        formatNumber(solution.myopicValue, 2),
        formatShare(loss),
      ]),
    },
  };
}
