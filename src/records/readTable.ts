import { closeSync } from "node:fs";
import { extname } from "node:path";
import { InvalidInput, isInvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { reasonOf } from "../check/reasonOf.js";
import { isName } from "../files/place.js";
import { openToRead } from "../files/readWhole.js";
import {
  DOCUMENT_RULES,
  USER_RULES,
  type CorpusDocument,
  type TableRules,
  type UserColumns,
} from "../worlds/scenarios.js";
import { readCsv } from "./csvTable.js";
import { readJsonTable } from "./jsonTable.js";
import { readParquet } from "./parquetTable.js";
import { TableColumns } from "./tableColumns.js";

/** Reads a file of one format into a table. */
type ReadFormat = (handle: number, table: TableColumns) => Promise<void>;

/** The formats, by the endings of files. */
const FORMATS: Readonly<Record<string, readonly [name: string, read: ReadFormat]>> = {
  ".csv": ["CSV", readCsv],
  ".json": ["JSON", readJsonTable],
  ".parquet": ["Parquet", readParquet],
};

/**
 * Reads a table of users for the parameter `users` of the world of long-term satisfaction, a row for each user: columns with names of
 * `UserParameter`, one at least, numbers in their ranges. The ending of the file says its format: `.csv` (the first line has the
 * names), `.json` (a list of objects) or `.parquet` (uncompressed or Snappy). A file of CSV or Parquet may have up to 2²⁶ rows, of
 * which only the numbers are kept in memory; one of JSON up to 2²⁸ bytes. Rejects with `InvalidInput`: the first twenty errors, with
 * file, line or row (from 1) and column.
 */
export function readUserTable(path: string): Promise<UserColumns> {
  return readTable("path", path, USER_RULES);
}

/**
 * Reads documents for the parameter `documents` of the world of long-term satisfaction: a row for each, with the columns
 * `educativeness`, in [0, 1], and `clusterId`, an integer in [0, 255]. Formats and errors are those of `readUserTable`.
 */
export function readDocuments(path: string): Promise<readonly CorpusDocument[]> {
  return readTable("path", path, DOCUMENT_RULES);
}

/** Reads a table; `field` is the name of the path in errors. */
export async function readTable<Content, Name extends string>(
  field: string,
  path: unknown,
  rules: TableRules<Content, Name>,
): Promise<Content> {
  const ending = isName(path) ? extname(path).toLowerCase() : "";
  const format = FORMATS[ending];
  const rule = `a file whose name ends in ${Object.keys(FORMATS)
    .join(", ")
    .replace(/, (?=\.\w+$)/, " or ")}`;
  if (format === undefined) throw new InvalidInput([expectedMistake(field, rule, path)]);
  const handle = openToRead(field, path);
  if (handle === undefined) throw new InvalidInput([expectedMistake(field, "a file that is there", path)]);
  const [name, read] = format;
  const table = new TableColumns(path as string, rules);
  try {
    await read(handle, table);
  } catch (error) {
    if (isInvalidInput(error)) throw error;
    throw new InvalidInput([`${expectedMistake(field, `a sound ${name} file`, path)}: ${reasonOf(error)}`]);
  } finally {
    closeSync(handle);
  }
  return rules.contentOf(table.finish() as Readonly<Partial<Record<Name, Float64Array>>>);
}
