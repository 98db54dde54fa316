import { InvalidInput } from "./invalidInput.js";
import { isPlainRecord, type Json } from "./json.js";
import { isList } from "./lists.js";
import { expectedMistake } from "./mistakes.js";
import { listOnce, reading } from "./readOnce.js";

/** Maximal nesting; deeper data are a cycle, or an error. */
export const MAX_DEPTH = 1000;

/** Returns a deep copy of plain data, each part read once; typed arrays become lists. Throws `InvalidInput`. */
export function plainOnce(field: string, given: unknown): Json {
  return reading(field, "plain data", given, () => copyOf(field, given, 0));
}

function copyOf(field: string, given: unknown, depth: number): Json {
  if (typeof given !== "object" || given === null) return scalarOf(field, given);
  if (depth > MAX_DEPTH)
    throw new InvalidInput([expectedMistake(field, `at most ${MAX_DEPTH} levels of plain data`, given)]);
  if (isList(given)) return Array.from(listOnce(field, given), (item, i) => copyOf(`${field}[${i}]`, item, depth + 1));
  if (!isPlainRecord(given)) throw new InvalidInput([expectedMistake(field, "plain data", given)]);
  return Object.fromEntries(
    Object.keys(given).map((name) => [name, copyOf(`${field}.${name}`, given[name], depth + 1)]),
  );
}

/** Accepts undefined, because a state of a custom world may contain it; callers check it. */
function scalarOf(field: string, given: unknown): Json {
  const legal = !["bigint", "symbol", "function"].includes(typeof given);
  if (legal) return given as Json;
  throw new InvalidInput([expectedMistake(field, "plain data", given)]);
}
