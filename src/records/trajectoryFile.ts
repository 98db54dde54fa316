import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { expectedMistake } from "../check/mistakes.js";
import { placeOf } from "../files/place.js";
import { wholeFileMistake } from "../files/wholeFile.js";

export const PARQUET_ENDING = ".parquet";
/** Creator in a file's metadata. */
export const CREATOR = "slatesim";
const MAGIC = "PAR1";

/** Returns an error for the path of a file of trajectories. Another ending would promise another format; devices have none. */
export function trajectoryFileMistake(field: string, path: unknown): string | undefined {
  const noFile = wholeFileMistake(field, path);
  if (noFile !== undefined || placeOf(path as string).kind === "stream") return noFile;
  const rule = `a name that ends in ${PARQUET_ENDING}, the format that is written`;
  return (path as string).endsWith(PARQUET_ENDING) ? undefined : expectedMistake(field, rule, path);
}

/** Returns whether writing trajectories would replace a file that slatesim did not write. An empty file may be replaced. */
export function replacesOther(path: string): boolean {
  const place = placeOf(path);
  if (place.kind !== "file" || place.mode === undefined) return false;
  const file = openSync(place.path, "r");
  try {
    const { size } = fstatSync(file);
    const end = (from: number, bytes: number): string => {
      const text = Buffer.alloc(Math.min(bytes, size));
      readSync(file, text, 0, text.length, Math.max(0, from));
      return text.toString("latin1");
    };
    if (size === 0) return false;
    const footer = end(size - FOOTER, FOOTER);
    return !(end(0, MAGIC.length) === MAGIC && footer.endsWith(MAGIC) && footer.includes(CREATOR));
  } finally {
    closeSync(file);
  }
}

/** Number of bytes at the end of a Parquet file that contain its creator. */
const FOOTER = 4096;
