import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { isName, kindOf, statsOf } from "./place.js";

/** Returns an error for a path that exists and is no file, such as a FIFO, whose reading would block. */
export function readableMistake(field: string, path: string): string | undefined {
  const found = isName(path) ? statsOf(path) : undefined;
  const legal = found === undefined || found.isFile();
  return legal ? undefined : expectedMistake(field, `a file, no ${kindOf(found)}`, path);
}

/**
 * Reads a file; undefined if there is none. Throws `InvalidInput` if it cannot be read or is no file: reading a FIFO would block,
 * and some devices never end.
 */
export function readWhole(field: string, path: unknown): Uint8Array | undefined {
  const handle = openToRead(field, path);
  if (handle === undefined) return undefined;
  try {
    return readFileSync(handle);
  } catch (error) {
    throw unreadable(field, path, error);
  } finally {
    closeSync(handle);
  }
}

/** Opens a file that is to be read; undefined if there is none. Throws `InvalidInput` as `readWhole` does. */
export function openToRead(field: string, path: unknown): number | undefined {
  if (!isName(path)) throw new InvalidInput([expectedMistake(field, "the name of a file", path)]);
  let handle: number | undefined;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = fstatSync(handle);
    refuse([found.isFile() ? undefined : expectedMistake(field, `a file, no ${kindOf(found)}`, path)]);
    return handle;
  } catch (error) {
    if (handle !== undefined) closeSync(handle);
    if (error instanceof InvalidInput) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(field, path, error);
  }
}

function unreadable(field: string, path: unknown, error: unknown): InvalidInput {
  const { message } = error as Error;
  return new InvalidInput([`${expectedMistake(field, "a file that can be read", path)}: ${message}`]);
}
