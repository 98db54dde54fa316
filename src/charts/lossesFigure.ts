import { escapeControls } from "../check/escapeControls.js";
import { formatNumber, formatShare } from "../report/formatNumber.js";
import type { Figure } from "./figure.js";
import type { ReadShapes } from "./readResult.js";
import { fewOf } from "./words.js";

type Cell = ReadShapes["solutions"][number];

/** Losses from which on shades do not grow. */
const DARKEST = 0.5;
const ROW = 36;
/** Columns beyond which numbers would not fit. */
const MAX_NUMBERED = 8;

/** What the mix that is best for one step loses against the optimum, over one or two parameters: a heat map. */
export function lossesFigure(cells: readonly Cell[]): Figure {
  const [rows = "", columns = rows] = Object.keys(cells[0]!.at);
  const drawn = cells.map(({ at, solution }) => {
    const loss = Math.max(0, (solution.value - solution.myopicValue) / solution.value);
    return { row: at[rows]!, column: at[columns]!, loss, solution };
  });
  const height = 70 + ROW * new Set(drawn.map(({ row }) => row)).size;
  const numbered = new Set(drawn.map(({ column }) => column)).size <= MAX_NUMBERED;
  const [down, across] = [rows, columns].map(escapeControls);
  return {
    title: "Loss of the mix that is best for one step",
    description: `Share of the optimum that is lost, by ${down} (down) and ${across} (across). ${fewOf(drawn.map(({ row, column, loss }) => `${row}, ${column}: ${formatShare(loss)}.`))}`,
    legend: [],
    height,
    table: {
      titles: [rows, columns, "optimum", "best for one step", "loss"],
      rows: drawn.map(({ row, column, loss, solution }) => [
        String(row),
        String(column),
        formatNumber(solution.value, 2),
        formatNumber(solution.myopicValue, 2),
        formatShare(loss),
      ]),
    },
    options: (plot) => ({
      marginLeft: 80,
      marginBottom: 40,
      x: { type: "band", label: across!, labelAnchor: "center", labelArrow: "none", padding: 0.04 },
      y: { type: "band", label: down!, labelArrow: "none", padding: 0.04 },
      marks: [
        plot.cell(drawn, {
          x: "column",
          y: "row",
          fill: "var(--line-1)",
          fillOpacity: {
            value: ({ loss }: { loss: number }) => Math.min(1, loss / DARKEST) * 0.8,
            scale: null,
          } as never,
          stroke: "var(--quiet)",
        }),
        ...(numbered
          ? [
              plot.text(drawn, {
                x: "column",
                y: "row",
                text: ({ loss }: { loss: number }) => `${formatNumber(100 * loss, 1)} %`,
                fill: "var(--text)",
                stroke: "var(--background)",
                strokeWidth: 3,
              }),
            ]
          : []),
      ],
    }),
  };
}
