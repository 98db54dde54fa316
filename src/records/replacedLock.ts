import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { readWhole } from "../files/readWhole.js";
import { placeOf } from "../files/place.js";
import { LOCK_FORMAT, type Lock } from "./lock.js";
import { parseLock } from "./parseLock.js";

/** Fields of a lock that identify its run. */
export type LockedRun = Pick<Lock, "world" | "scenario" | "policy" | "users" | "firstUser" | "steps" | "seed">;

/**
 * Returns errors if a lock of that run would replace a file that is no lock, or the lock of another run. A lock of the same run, also
 * in an older format, and an empty file may be replaced.
 */
export function replacedMistakes(path: string, run: LockedRun): string[] {
  if (placeOf(path).kind === "stream" || (readWhole("file", path)?.length ?? 0) === 0) return [];
  const found = lockAt(path);
  if (found?.["format"] !== LOCK_FORMAT)
    return [expectedMistake("file", "no file but a lock (--force replaces it)", path)];
  const others = Object.entries(run).filter(([name, value]) => found[name] !== value);
  return others.map(([name, value]) => {
    const rule = `${JSON.stringify(value)}, as the lock that is to be written (--force replaces it)`;
    return expectedMistake(`${path}: ${name}`, rule, found[name]);
  });
}

function lockAt(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return parseLock(path);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}
