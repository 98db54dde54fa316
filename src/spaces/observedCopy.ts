import { InvalidInput } from "../check/invalidInput.js";
import { isPlainRecord } from "../check/json.js";
import { isArray } from "../check/lists.js";
import { expectedMistake } from "../check/mistakes.js";
import { MAX_ITEMS, unreadable } from "../check/readOnce.js";

/** Maximal nesting; deeper data are a cycle, or an error. */
const MAX_DEPTH = 1000;
const RULE = `data at most ${MAX_DEPTH} levels deep`;

/**
 * Returns a deep copy of an observation, so that code that receives it may write into it without effect. Copies lists, typed arrays and records,
 * and anything that `structuredClone` copies. Throws `InvalidInput`, under the name of `field`, for
 * functions, promises, proxies that throw and the like.
 */
export function observedCopy<Observed>(observed: Observed, field: string): Observed {
  try {
    return copyOf(observed, field, 0) as Observed;
  } catch (error) {
    throw unreadable(field, RULE, observed, error);
  }
}

function copyOf(observed: unknown, field: string, depth: number): unknown {
  if (typeof observed !== "object" || observed === null)
    return typeof observed === "function" ? refuseAs(field, observed) : observed;
  if (depth > MAX_DEPTH) return refuseAs(field, observed);
  if (isArray(observed))
    return observed.length > MAX_ITEMS ? refuseAs(field, observed) : copyOfList(observed, field, depth);
  if (isPlainRecord(observed)) return copyOfRecord(observed, field, depth);
  try {
    return structuredClone(observed);
  } catch {
    return refuseAs(field, observed);
  }
}

function copyOfList(observed: readonly unknown[], field: string, depth: number): unknown[] {
  const copy: unknown[] = [];
  for (let i = 0; i < observed.length; i++) copy.push(copyOf(observed[i], field, depth + 1));
  return copy;
}

function copyOfRecord(observed: Readonly<Record<string, unknown>>, field: string, depth: number): object {
  const copy: Record<string, unknown> = {};
  // `Object.keys` would make a list of every record; inherited names are no part of it.
  for (const name in observed) {
    if (!Object.hasOwn(observed, name)) continue;
    const part = copyOf(observed[name], field, depth + 1);
    if (name === "__proto__") Object.defineProperty(copy, name, { value: part, enumerable: true, writable: true });
    else copy[name] = part;
  }
  return copy;
}

function refuseAs(field: string, observed: unknown): never {
  throw new InvalidInput([expectedMistake(field, RULE, observed)]);
}
