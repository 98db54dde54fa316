import { readSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { expectedMistake } from "../check/mistakes.js";
import { parseNumber } from "../check/parseNumber.js";
import type { TableColumns } from "./tableColumns.js";

/** Most bytes of a line: a quote that is never closed would otherwise hold the rest of the file. */
const MAX_LINE = 65_536;
/** Bytes that are read at a time. */
const CHUNK = 65_536;

/** Reads comma-separated values, the first line of which names the columns, record by record. */
export async function readCsv(handle: number, table: TableColumns): Promise<void> {
  const { Parser } = await import("csv-parse");
  let columns: number | undefined;
  let row = 0;
  const take = (fields: readonly string[], { lines }: { readonly lines: number }): null => {
    const at = (): string => `line ${lines}`;
    if (columns === undefined) {
      table.begin(fields);
      columns = fields.length;
    } else if (fields.length === columns) {
      for (let place = 0; place < columns; place++) table.set(place, row, numberOf(fields[place]!), at);
      row += 1;
    } else {
      table.add(expectedMistake(`${table.path}, ${at()}`, `${columns} fields, as the first line has`, fields.length));
    }
    return null; // keeps no record
  };
  const parser = new Parser({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_LINE,
    on_record: take,
  });
  parser.resume();
  await pipeline(chunksOf(handle), parser);
}

/** Yields the bytes of a file. Other work of the thread has its turn in between. */
async function* chunksOf(handle: number): AsyncGenerator<Buffer> {
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const bytes = readSync(handle, chunk, 0, CHUNK, null);
    if (bytes === 0) return;
    yield chunk.subarray(0, bytes);
    await setImmediate();
  }
}

/** Returns a number, or the text itself, which is refused then. */
function numberOf(text: string): number | string {
  return parseNumber(text) ?? text;
}
