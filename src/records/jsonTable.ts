import { fstatSync, readFileSync } from "node:fs";
import { isArray } from "../check/lists.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { TableColumns } from "./tableColumns.js";

/** Most bytes of a file, which is read as a whole. */
const MAX_BYTES = 2 ** 28;

/** Reads a JSON list of objects; the fields of the first one are the columns. */
export async function readJsonTable(handle: number, table: TableColumns): Promise<void> {
  const { size } = fstatSync(handle);
  const rule = `at most ${MAX_BYTES} bytes of JSON; CSV and Parquet may have more`;
  refuse([size > MAX_BYTES ? expectedMistake(table.path, rule, size) : undefined]);
  const rows: unknown = JSON.parse(readFileSync(handle, "utf8"));
  if (!isArray(rows)) return table.add(expectedMistake(table.path, "a list of objects", rows));
  if (rows.length === 0) return;
  const names = objectMistake("", rows[0]) === undefined ? Object.keys(rows[0] as object) : [];
  table.begin(names);
  rows.forEach((row, index) => readRow(row, index, names, table));
}

function readRow(row: unknown, index: number, names: readonly string[], table: TableColumns): void {
  const at = `row ${index + 1}`;
  const noObject = objectMistake(`${table.path}, ${at}`, row);
  if (noObject !== undefined) return table.add(noObject);
  const given = row as Readonly<Record<string, unknown>>;
  names.forEach((name, place) =>
    table.set(place, index, Object.hasOwn(given, name) ? given[name] : undefined, () => at),
  );
  const further = Object.keys(given).filter((name) => !names.includes(name));
  for (const name of further)
    table.add(expectedMistake(`${table.path}, ${at}, ${name}`, "nothing, as row 1 has none", given[name]));
}
