import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { extname } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { placeOf } from "../files/place.js";
import { wholeFileMistake } from "../files/wholeFile.js";
import { CREATOR } from "./parquet.js";

export type TableFormat = "csv" | "jsonl" | "parquet";

/** The formats that are written, by the endings of files. */
const FORMATS: Readonly<Record<string, TableFormat>> = { ".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet" };

/** Rules of a file that a table is written to. */
export interface TableFileRules {
  /** The first columns of such tables, by which a file of slatesim's is known again. */
  readonly first: readonly string[];
  /** Whether a file that slatesim did not write may be replaced. */
  readonly force: boolean;
}

/** Returns the format that a file's ending names; that of a device, which has no ending, is `ofDevices`. */
export function formatOf(path: string, ofDevices: TableFormat): TableFormat {
  return FORMATS[extname(path).toLowerCase()] ?? ofDevices;
}

/** Returns an error for a path that no table can be written to: an unknown ending would promise another format. */
export function tableFileMistake(field: string, path: unknown): string | undefined {
  const noFile = wholeFileMistake(field, path);
  if (noFile !== undefined || placeOf(path as string).kind === "stream") return noFile;
  const rule = "a name that ends in .csv, .jsonl or .parquet, the formats that are written";
  return Object.hasOwn(FORMATS, extname(path as string).toLowerCase()) ? undefined : expectedMistake(field, rule, path);
}

/** Returns an error for a path that no table can be written to, or whose file slatesim did not write, unless by force. */
export function replacementMistake(field: string, path: string, { first, force }: TableFileRules): string | undefined {
  const mistake = tableFileMistake(field, path);
  if (mistake !== undefined || force || !replacesOther(path, first)) return mistake;
  return expectedMistake(field, "no file that slatesim did not write (--force replaces it)", path);
}

/** Number of bytes at the begin of a file that hold its first columns, and at the end that hold the creator of a Parquet file. */
const LOOKED_AT = 4096;
const MAGIC = "PAR1";

/** Returns whether the file at a path is one that slatesim did not write. An empty file may be replaced. */
function replacesOther(path: string, first: readonly string[]): boolean {
  const place = placeOf(path);
  if (place.kind !== "file" || place.mode === undefined) return false;
  const file = openSync(place.path, "r");
  try {
    const { size } = fstatSync(file);
    const text = (from: number): string => {
      const bytes = Buffer.alloc(Math.min(LOOKED_AT, size));
      readSync(file, bytes, 0, bytes.length, Math.max(0, from));
      return bytes.toString("latin1");
    };
    return size > 0 && !isOwn(text(0), text(size - LOOKED_AT), first);
  } finally {
    closeSync(file);
  }
}

function isOwn(head: string, foot: string, first: readonly string[]): boolean {
  if (head.startsWith(MAGIC)) return foot.endsWith(MAGIC) && foot.includes(CREATOR);
  if (head.startsWith("{")) return first.every((name) => head.includes(`"${name}":`));
  return head.startsWith(`${first.join()},`);
}
