import { escapeControls } from "../check/escapeControls.js";

const GAP = "  ";
const NUMBER_LIKE = /^[-+[]*[\d∞]|^[–…]?$/;

type Rows = readonly (readonly string[])[];

/**
 * Returns aligned text: the first row holds the titles, columns of numbers are right-aligned. If the columns do not fit into `width`
 * characters, the table continues below itself, with the first column repeated, instead of wrapping. The text of the cells is made
 * safe to print.
 */
export function table(rows: Rows, width: number = Infinity): string {
  const columns = (rows[0] ?? []).map((_, column) => alignColumn(rows.map((row) => escapeControls(row[column] ?? ""))));
  return foldColumns(columns, width).map(joinColumns).join("\n\n");
}

function alignColumn(cells: readonly string[]): string[] {
  const width = Math.max(...cells.map((cell) => cell.length));
  const numeric = cells.slice(1).every((cell) => NUMBER_LIKE.test(cell));
  return cells.map((cell) => (numeric ? cell.padStart(width) : cell.padEnd(width)));
}

/** Returns groups of columns that fit side by side; every group begins with the first column. */
function foldColumns([first, ...others]: readonly string[][], width: number): string[][][] {
  if (first === undefined) return [];
  const groups = [[first]];
  for (const column of others) {
    const group = groups.at(-1)!;
    const fits = group.length === 1 || widthOf([...group, column]) <= width;
    if (fits) group.push(column);
    else groups.push([first, column]);
  }
  return groups;
}

function widthOf(columns: readonly string[][]): number {
  return columns.reduce((sum, column) => sum + column[0]!.length, GAP.length * (columns.length - 1));
}

function joinColumns(columns: readonly string[][]): string {
  const lines = columns[0]!.map((_, row) => columns.map((column) => column[row]).join(GAP));
  return lines.map((line) => line.trimEnd()).join("\n");
}
