import type { Arbitrary } from "fast-check";
import { encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { isRecord } from "../spaces/records.js";
import { fc } from "./fastCheck.js";

/** Options of a check. */
export interface CheckOptions {
  /** Number of random cases for each property: an integer of at least 1. Default: 25. */
  readonly numRuns?: number;
  /** Seed of fast-check, as reported with a violated property. Default: random. */
  readonly seed?: number;
}

const OPTIONS = ["numRuns", "seed"];

/** A property; `holds` throws for a case that violates it, with the reason. */
export interface Property<Case> {
  readonly name: string;
  readonly holds: (given: Case) => Promise<void>;
}

/** Reads the options once. Throws `InvalidInput` unless `functions` holds functions, by their names, and the options are valid. */
export function checkable(functions: Readonly<Record<string, unknown>>, options: CheckOptions): CheckOptions {
  const given = readOnce("options", options, OPTIONS);
  refuse([objectMistake("options", given)]);
  const { numRuns = 1, seed = 0 } = given;
  refuse([
    ...Object.entries(functions).map(([field, value]) => {
      return typeof value === "function" ? undefined : expectedMistake(field, "a function", value);
    }),
    ...unknownFieldMistakes("option of a check", given, OPTIONS),
    numberMistake("numRuns", numRuns, { min: 1, integer: true }),
    numberMistake("seed", seed, { integer: true }),
  ]);
  return given;
}

/**
 * Checks every property on random cases. Throws one error that names the violated properties, each with its message, its smallest
 * counterexample and fast-check's seed. The cause of the error is that of the first property, with its stack.
 */
export async function checkProperties<Case>(
  properties: readonly Property<Case>[],
  cases: Arbitrary<Case>,
  { numRuns = 25, seed }: CheckOptions,
): Promise<void> {
  const seeded = seed === undefined ? {} : { seed };
  const broken: string[] = [];
  let cause: unknown;
  for (const { name, holds } of properties) {
    const { failed, ...found } = await fc.check(fc.asyncProperty(cases, holds), { numRuns, ...seeded });
    if (!failed) continue;
    const { errorInstance: error, counterexample } = found;
    cause ??= error;
    const message = error instanceof Error ? error.message : String(error);
    broken.push(`${name}\n${message}\nin the case ${fc.stringify(counterexample?.[0])}, seed: ${found.seed}`);
  }
  if (broken.length === 0) return;
  throw new Error(`${broken.length} of ${properties.length} properties violated\n\n${broken.join("\n\n")}`, { cause });
}

/** Throws unless the condition holds. */
export function must(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

/** Throws unless both values are equal to the last bit: -0 is not 0, NaN is NaN. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [fc.stringify(actual), fc.stringify(expected)];
  if (got === wanted) return;
  const [where, from] = firstDifference(got, wanted);
  throw new Error(
    `${what}${where}: expected ${wanted.slice(from, from + WIDTH)}, got ${got.slice(from, from + WIDTH)}`,
  );
}

/** Characters of a long value in a message. */
const WIDTH = 200;

/** Describes where two texts begin to differ, and returns the index from which to quote them. */
function firstDifference(one: string, other: string): [string, number] {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at < WIDTH ? ["", 0] : [`, after ${at} characters`, at - 40];
}

/** Throws unless the call throws. */
export function mustRefuse(call: () => unknown, what: string): void {
  try {
    call();
  } catch {
    return;
  }
  throw new Error(`${what} was not refused`);
}

/** Returns a copy of a snapshot. Throws unless it is plain data. */
export function mustBePlain(snapshot: Json): Json {
  encodeJson(snapshot, "snapshot");
  return structuredClone(snapshot);
}

/** Throws unless `owner` refuses foreign and incomplete snapshots, and is unchanged afterwards. */
export function mustRefuseForeign(owner: { snapshot(): Json; restore(snapshot: Json): void }): void {
  const before = owner.snapshot();
  const mustRefuseIt = (foreign: Json, what: string): void => {
    mustRefuse(() => owner.restore(foreign), what);
    mustEqual(owner.snapshot(), before, `what refused ${what}`); // each time, because the next may put it right again
  };
  for (const foreign of [null, 1, "agent", [], {}, { kind: "foreign" }]) {
    mustRefuseIt(foreign, `the snapshot ${fc.stringify(foreign)}`);
  }
  for (const name of isRecord(before) ? Object.keys(before) : []) {
    const { [name]: _lost, ...rest } = before as Readonly<Record<string, Json>>;
    mustRefuseIt(rest, `a snapshot without "${name}"`);
  }
}

/** Freezes plain data deeply: writing to it throws from now on. */
export function deepFreeze<Data>(data: Data): Data {
  if (typeof data === "object" && data !== null && !ArrayBuffer.isView(data)) {
    Object.values(data).forEach(deepFreeze);
    Object.freeze(data);
  }
  return data;
}
