import { InvalidInput, isInvalidInput } from "./invalidInput.js";
import { isArray, isList } from "./lists.js";
import { expectedMistake, objectMistake } from "./mistakes.js";

/** Longer lists are nobody's: reading them would take all memory first. */
export const MAX_ITEMS = 2 ** 24;

/**
 * Options as they are now, each field read once: a getter may answer differently the second time, and what was checked has to be
 * what is used. `names` are fields that count even where they are inherited. What is no object stays what it is, for others to
 * refuse; throws `InvalidInput` for an object that cannot be read.
 */
export function readOnce<Given extends object>(field: string, given: Given, names: readonly string[] = []): Given {
  if (objectMistake(field, given) !== undefined) return listOnce(field, given);
  return reading(field, "an object whose fields can be read", given, () => {
    const inherited = names.filter((name) => !Object.hasOwn(given, name) && Reflect.has(given, name));
    return Object.fromEntries([...Object.keys(given), ...inherited].map((name) => [name, Reflect.get(given, name)]));
  }) as Given;
}

/** A list as it is now, each item read once, typed arrays as lists; what is no list stays what it is, for others to refuse. */
export function listOnce<Given>(field: string, given: Given): Given {
  const rule = `a list of at most ${MAX_ITEMS} items that can be read`;
  reading(field, rule, given, () => Array.isArray(given)); // of a revoked proxy nobody can say
  if (!isList(given)) return given;
  const items = reading(field, rule, given, () => itemsOf(given));
  if (items !== undefined) return items as Given;
  throw new InvalidInput([expectedMistake(field, rule, given)]);
}

/** Undefined for too many. A loop, as `Array.from` takes many times as long, and short lists are read at every step of a run. */
function itemsOf(given: ArrayLike<unknown>): unknown[] | undefined {
  const { length } = given; // which a proxy might let grow
  if (!(length <= MAX_ITEMS)) return undefined;
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) items.push(given[i]);
  return items;
}

/** A list of lists as they are now. */
export function listsOnce<Given>(field: string, given: Given): Given {
  const rows: unknown = listOnce(field, given);
  return (isArray(rows) ? rows.map((row, i) => listOnce(`${field}[${i}]`, row)) : rows) as Given;
}

/** What the call reads. Throws `InvalidInput` where a getter or a proxy throws. */
export function reading<Read>(field: string, rule: string, given: unknown, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (isInvalidInput(error)) throw error;
    throw new InvalidInput([expectedMistake(field, rule, given)]);
  }
}
