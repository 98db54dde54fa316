import { isPlainRecord, type Json } from "../../check/json.js";
import { isArray } from "../../check/lists.js";
import { expectedMistake } from "../../check/mistakes.js";
import { DEEPEST } from "../../check/plainOnce.js";
import { MOST_ITEMS, reading } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";

/** A copy of a state. Throws `InvalidInput` for what is no plain data: copies of classes would have lost their methods. */
export function plainCopy(state: unknown): Json {
  return readState(state, () => {
    numbersIn(state, 0);
    return structuredClone(state) as Json;
  });
}

/**
 * All numbers in a state, names sorted; truth values count as 0 and 1, texts by their characters. A digest that did not look into a
 * Map or a promise would call different episodes equal. Throws `InvalidInput` for what is no plain data.
 */
export function numbersOf(state: unknown): number[] {
  return readState(state, () => numbersIn(state, 0));
}

function readState<Read>(state: unknown, read: () => Read): Read {
  return reading("state", "plain data that can be read", state, read);
}

function numbersIn(data: unknown, depth: number): number[] {
  if (typeof data === "number") return [data];
  if (typeof data === "boolean") return [Number(data)];
  if (typeof data === "string") return Array.from(data, (character) => character.codePointAt(0)!);
  if (data === null || data === undefined) return [];
  if (depth > DEEPEST) refuse([expectedMistake("state", `at most ${DEEPEST} levels of plain data`, data)]);
  if (isArray(data) && data.length <= MOST_ITEMS) return data.flatMap((item) => numbersIn(item, depth + 1));
  if (!isPlainRecord(data)) refuse([expectedMistake("state", "plain data", data)]);
  return Object.keys(data as object)
    .toSorted()
    .flatMap((name) => numbersIn(Reflect.get(data as object, name), depth + 1));
}
