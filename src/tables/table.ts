/** What the cells of a column are. */
export type ColumnType = "integer" | "number" | "text" | "boolean";

/** null where there is no value. A number that is not finite is written as null, too, as in JSON. */
export type Cell = number | string | boolean | null;

/** Cells by the names of their columns; one that is left out is null. */
export type Row = Readonly<Record<string, Cell>>;

/** A table for other tools: names and types of the columns, in their order, and the rows. */
export interface Table {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly rows: readonly Row[];
}

/** Returns the cell of a row as it is written. */
export function cellOf(row: Row, name: string): Cell {
  const cell = row[name] ?? null;
  return typeof cell === "number" && !Number.isFinite(cell) ? null : cell;
}
