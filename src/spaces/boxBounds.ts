import { isArray, isList } from "../check/lists.js";
import { expectedMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { listOnce, MAX_ITEMS } from "../check/readOnce.js";

/** Unchecked options of a box. */
interface GivenBounds {
  readonly low: unknown;
  readonly high: unknown;
  readonly shape?: readonly number[];
  readonly integer?: unknown;
}

/** Maximal number of axes; more are an error. */
const MAX_AXES = 32;

/** Reads a bound or a shape once: typed arrays become lists. */
export function settledBound(field: string, bound: unknown, axis = 0): unknown {
  const items = listOnce(field, bound);
  if (!isArray(items) || axis >= MAX_AXES) return items;
  return Object.freeze(items.map((item, i) => (isList(item) ? settledBound(`${field}[${i}]`, item, axis + 1) : item)));
}

/** Returns the items of lists nested as the shape says, in order; undefined if they are nested otherwise. */
export function numbersIn(value: unknown, shape: readonly number[], axis = 0): unknown[] | undefined {
  if (axis === shape.length) return [value];
  if (!isList(value) || value.length !== shape[axis]) return undefined;
  if (axis === shape.length - 1) return Array.from(value); // of holes, too
  const items: unknown[] = [];
  for (const row of Array.from(value)) {
    const numbers = numbersIn(row, shape, axis + 1);
    if (numbers === undefined) return undefined;
    for (const number of numbers) items.push(number);
  }
  return items;
}

/** Returns all errors in a box except those in its bounds, which cannot be checked without a shape. */
export function shapeMistakes(given: GivenBounds): (string | undefined)[] {
  const { shape = [], integer = false } = given;
  const legal =
    Array.isArray(shape) && shape.length <= MAX_AXES && shape.every((length) => Number.isInteger(length) && length > 0);
  const size = legal ? shape.reduce((product, length) => product * length, 1) : 1;
  return [
    ...unknownFieldMistakes("bound of a Box", given, ["low", "high", "shape", "integer"]),
    ...(legal ? [] : [...boundsMistakes({ ...given, shape: [] }), shapeMistake("a list of positive integers", shape)]),
    size > MAX_ITEMS ? shapeMistake(`at most ${MAX_ITEMS} numbers in all`, shape) : undefined,
    typeof integer === "boolean" ? undefined : expectedMistake("integer", "true or false", integer),
  ];
}

function shapeMistake(rule: string, shape: unknown): string {
  return expectedMistake("shape", rule, shape);
}

/** Returns all errors in the bounds of a box of that shape. */
export function boundsMistakes({ low, high, shape = [], integer = false }: GivenBounds): (string | undefined)[] {
  const nested = shape.length === 0 ? "" : `, or one for each number, nested as the shape [${shape.join()}] says`;
  const [lows, highs] = [low, high].map((bound) => numbersIn(bound, isList(bound) ? shape : [])) as [Given, Given];
  const legalLow = lows?.every((bound) => isNumber(bound) && bound < Infinity);
  const legalHigh = highs?.every((bound) => isNumber(bound) && bound > -Infinity);
  return [
    legalLow ? undefined : expectedMistake("low", `a number below Infinity${nested}`, low),
    legalHigh ? undefined : expectedMistake("high", `a number above -Infinity${nested}`, high),
    ...(legalLow && legalHigh ? [orderMistake(lows as number[], highs as number[], integer === true)] : []),
  ];
}

type Given = unknown[] | undefined;

/** Returns the index of the first number with no value between its bounds. */
function orderMistake(lows: readonly number[], highs: readonly number[], integer: boolean): string | undefined {
  const count = Math.max(lows.length, highs.length);
  for (let i = 0; i < count; i++) {
    const [low, high] = [lows[lows.length === 1 ? 0 : i]!, highs[highs.length === 1 ? 0 : i]!];
    const where = count === 1 ? "" : `[${i}]`;
    if (low > high) return expectedMistake(`high${where}`, `a number of at least ${low} (low)`, high);
    if (integer && Math.ceil(low) > Math.floor(high))
      return expectedMistake(`high${where}`, `a number with an integer between it and ${low} (low)`, high);
  }
  return undefined;
}

function isNumber(bound: unknown): bound is number {
  return typeof bound === "number" && !Number.isNaN(bound);
}
