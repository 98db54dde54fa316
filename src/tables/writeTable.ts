import { writeWhole } from "../files/wholeFile.js";
import { csvLines } from "./csv.js";
import { parquetBytes } from "./parquet.js";
import { cellOf, type Table } from "./table.js";
import { formatOf } from "./tableFile.js";

/** Writes a table whole or not at all, as CSV, JSON Lines or Parquet by the ending of the path; to a device as CSV. */
export async function writeTable(path: string, table: Table): Promise<void> {
  const format = formatOf(path, "csv");
  if (format === "parquet") writeWhole(path, await parquetBytes(table));
  else writeWhole(path, format === "csv" ? csvText(table) : jsonLines(table));
}

/** Returns a table as CSV, whose first line has the names. */
export function csvText({ columns, rows }: Table): string {
  const names = Object.keys(columns);
  return csvLines([names, ...rows.map((row) => names.map((name) => cellOf(row, name)))]);
}

/** Returns a table as JSON Lines: an object with all columns for each row. */
function jsonLines({ columns, rows }: Table): string {
  const names = Object.keys(columns);
  const lines = rows.map((row) => JSON.stringify(Object.fromEntries(names.map((name) => [name, cellOf(row, name)]))));
  return lines.map((line) => `${line}\n`).join("");
}
