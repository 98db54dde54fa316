import { formatNumber } from "./formatNumber.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

/** Shares below which a shade stands. */
const SHADES = [
  [0.001, "·"],
  [0.01, "░"],
  [0.05, "▒"],
  [0.2, "▓"],
  [Infinity, "█"],
] as const;

/** A cell of a heat map: where it is, what is best there, and a share that its shade shows. */
export interface HeatCell {
  readonly at: Readonly<Record<string, number | string>>;
  readonly best: string;
  readonly share: number;
}

/** Returns a heat map of cells by the two values that vary, the first down and the second across, and what its shades mean below it. */
export function heatMap(
  cells: readonly HeatCell[],
  [down, across]: readonly [string, string],
  width: number,
): string[] {
  const rows = [...new Set(cells.map(({ at }) => at[down]!))];
  const columns = [...new Set(cells.map(({ at }) => at[across]!))];
  const heatAt = (row: number | string, column: number | string): string => {
    const cell = cells.find(({ at }) => at[down] === row && at[across] === column);
    return cell === undefined ? "" : heat(cell);
  };
  const lines = rows.map((row) => [String(row)].concat(columns.map((column) => heatAt(row, column))));
  const shades = SHADES.map(([below, shade]) => `${shade} ${below === Infinity ? "more" : `below ${100 * below} %`}`);
  return [table([["", ...columns.map(String)], ...lines], width), wrap(shades, width)];
}

function heat({ best, share }: HeatCell): string {
  const [, shade] = SHADES.find(([below]) => share < below) ?? SHADES[0];
  return `${shade.repeat(2)} ${best} ${formatNumber(100 * share, 1)} %`;
}
