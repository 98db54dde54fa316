import { InvalidInput, isInvalidInput } from "./invalidInput.js";
import { isArray, isList } from "./lists.js";
import { expectedMistake, objectMistake } from "./mistakes.js";

/** Maximal length of lists; reading longer ones would exhaust memory. */
export const MAX_ITEMS = 2 ** 24;

/**
 * Reads each field of options once: a getter may return another value the second time, and the values checked must be the values
 * used. `names` are fields that count even if inherited. Returns anything but an object unchanged, for the caller to refuse; throws
 * `InvalidInput` for an object that cannot be read.
 */
export function readOnce<Given extends object>(field: string, given: Given, names: readonly string[] = []): Given {
  if (objectMistake(field, given) !== undefined) return listOnce(field, given);
  return reading(field, "an object whose fields can be read", given, () => {
    const inherited = names.filter((name) => !Object.hasOwn(given, name) && Reflect.has(given, name));
    return Object.fromEntries([...Object.keys(given), ...inherited].map((name) => [name, Reflect.get(given, name)]));
  }) as Given;
}

/** Reads each item of a list once, typed arrays as lists; returns anything else unchanged, for the caller to refuse. */
export function listOnce<Given>(field: string, given: Given): Given {
  const rule = `a list of at most ${MAX_ITEMS} items that can be read`;
  reading(field, rule, given, () => Array.isArray(given)); // throws for a revoked proxy
  if (!isList(given)) return given;
  const items = reading(field, rule, given, () => itemsOf(given));
  if (items !== undefined) return items as Given;
  throw new InvalidInput([expectedMistake(field, rule, given)]);
}

/** Returns undefined for too many items. A loop, because `Array.from` takes many times as long and short lists are read at every step. */
function itemsOf(given: ArrayLike<unknown>): unknown[] | undefined {
  const { length } = given; // which a proxy might let grow
  if (!(length <= MAX_ITEMS)) return undefined;
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) items.push(given[i]);
  return items;
}

/** Reads a list of lists once. */
export function listsOnce<Given>(field: string, given: Given): Given {
  const rows: unknown = listOnce(field, given);
  return (isArray(rows) ? rows.map((row, i) => listOnce(`${field}[${i}]`, row)) : rows) as Given;
}

/** Returns what `read` returns. Throws `InvalidInput` if a getter or a proxy throws. */
export function reading<Read>(field: string, rule: string, given: unknown, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw unreadable(field, rule, given, error);
  }
}

/** Returns the error of a value that cannot be read, for loops that cannot afford a closure at every step. */
export function unreadable(field: string, rule: string, given: unknown, error: unknown): unknown {
  return isInvalidInput(error) ? error : new InvalidInput([expectedMistake(field, rule, given)]);
}
