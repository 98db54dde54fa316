import { InvalidInput } from "../check/invalidInput.js";
import { isPlainRecord } from "../check/json.js";
import { isArray } from "../check/lists.js";
import { expectedMistake } from "../check/mistakes.js";
import { MAX_ITEMS, reading } from "../check/readOnce.js";

/** Deeper data are a cycle, or somebody's mistake. */
const MAX_DEPTH = 1000;
const RULE = `data at most ${MAX_DEPTH} levels deep`;

/**
 * A copy of what a world shows: whoever is shown it may write into it, and changes nothing. Lists, typed arrays and records are
 * copied through and through, and whatever else `structuredClone` knows. Throws `InvalidInput`, under the name of `field`, for
 * functions, promises, proxies that throw and the like.
 */
export function shownCopy<Shown>(shown: Shown, field: string): Shown {
  return reading(field, RULE, shown, () => copyOf(shown, field, 0)) as Shown;
}

function copyOf(shown: unknown, field: string, depth: number): unknown {
  if (typeof shown !== "object" || shown === null) return typeof shown === "function" ? refuseAs(field, shown) : shown;
  if (depth > MAX_DEPTH) return refuseAs(field, shown);
  if (isArray(shown)) return shown.length > MAX_ITEMS ? refuseAs(field, shown) : copyOfList(shown, field, depth);
  if (isPlainRecord(shown)) return copyOfRecord(shown, field, depth);
  try {
    return structuredClone(shown);
  } catch {
    return refuseAs(field, shown);
  }
}

function copyOfList(shown: readonly unknown[], field: string, depth: number): unknown[] {
  const copy: unknown[] = [];
  for (let i = 0; i < shown.length; i++) copy.push(copyOf(shown[i], field, depth + 1));
  return copy;
}

function copyOfRecord(shown: Readonly<Record<string, unknown>>, field: string, depth: number): object {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(shown)) {
    const part = copyOf(shown[name], field, depth + 1);
    if (name === "__proto__") Object.defineProperty(copy, name, { value: part, enumerable: true, writable: true });
    else copy[name] = part;
  }
  return copy;
}

function refuseAs(field: string, shown: unknown): never {
  throw new InvalidInput([expectedMistake(field, RULE, shown)]);
}
