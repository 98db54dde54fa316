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
  const lines = new TableLines(table);
  /** Hands records on instead of queueing them, which knows their lines and takes a third of the time. */
  class LineParser extends Parser {
    override push(record: readonly string[] | null): boolean {
      if (record === null) return super.push(null);
      if (this.destroyed) return false;
      try {
        lines.add(record, this.info.lines);
        return true;
      } catch (error) {
        this.destroy(error as Error);
        return false;
      }
    }
  }
  const parser = new LineParser({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_LINE,
  });
  parser.resume();
  await pipeline(chunksOf(handle), parser);
}

/** The lines of a table: the names of the columns, then their numbers. */
class TableLines {
  private readonly table: TableColumns;
  private columns: number | undefined;
  private rows = 0;

  constructor(table: TableColumns) {
    this.table = table;
  }

  add(fields: readonly string[], line: number): void {
    const { table, columns, rows } = this;
    if (columns === undefined) {
      this.columns = fields.length;
      table.begin(fields);
    } else if (fields.length === columns) {
      for (let place = 0; place < columns; place++)
        table.set(place, rows, numberOf(fields[place]!), () => `line ${line}`);
      this.rows += 1;
    } else {
      const rule = `${columns} fields, as the first line has`;
      table.add(expectedMistake(`${table.path}, line ${line}`, rule, fields.length));
    }
  }
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
