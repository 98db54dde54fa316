import { isPlainRecord, type Json } from "../../check/json.js";
import { isArray } from "../../check/lists.js";
import { expectedMistake } from "../../check/mistakes.js";
import { MAX_DEPTH } from "../../check/plainOnce.js";
import { MAX_ITEMS, reading, unreadable } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";

const RULE = "plain data that can be read";

/** Returns a copy of a state. Throws `InvalidInput` unless it is plain data: copies of instances would lose their methods. */
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
  try {
    return numbersIn(state, 0);
  } catch (error) {
    throw unreadable("state", RULE, state, error);
  }
}

function readState<Read>(state: unknown, read: () => Read): Read {
  return reading("state", RULE, state, read);
}

function numbersIn(state: unknown, depth: number): number[] {
  const numbers: number[] = [];
  pushNumbers(numbers, state, depth);
  return numbers;
}

function pushNumbers(numbers: number[], data: unknown, depth: number): void {
  if (typeof data === "number") numbers.push(data);
  else if (typeof data === "boolean") numbers.push(Number(data));
  else if (typeof data === "string") for (const character of data) numbers.push(character.codePointAt(0)!);
  else if (data !== null && data !== undefined) pushParts(numbers, data as object, depth);
}

function pushParts(numbers: number[], data: object, depth: number): void {
  if (depth > MAX_DEPTH) refuse([expectedMistake("state", `at most ${MAX_DEPTH} levels of plain data`, data)]);
  if (isArray(data) && data.length <= MAX_ITEMS) {
    for (let i = 0; i < data.length; i++) if (i in data) pushNumbers(numbers, data[i], depth + 1);
    return;
  }
  if (!isPlainRecord(data)) refuse([expectedMistake("state", "plain data", data)]);
  const record = data as Readonly<Record<string, unknown>>;
  const names = Object.keys(record);
  if (!areSorted(names)) names.sort();
  for (let i = 0; i < names.length; i++) pushNumbers(numbers, record[names[i]!], depth + 1);
}

/** Returns whether names are sorted; tested first, because sorting takes longer than all else and most states keep their order. */
function areSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if (names[i - 1]! > names[i]!) return false;
  return true;
}
