import fc from "fast-check";

export interface CheckOptions {
  /** How many random cases each law is put to. Default 25. */
  readonly numRuns?: number;
  /** fast-check's seed, as its report of a broken law gives it; random unless said otherwise. */
  readonly seed?: number;
}

/** A law, and a case that breaks it: throws to say how. */
export interface Law<Case> {
  readonly name: string;
  readonly holds: (given: Case) => Promise<void>;
}

/**
 * Puts every law to random cases, and throws one error that names the laws that broke, each with its smallest case and
 * fast-check's seed.
 */
export async function checkLaws<Case>(
  laws: readonly Law<Case>[],
  cases: fc.Arbitrary<Case>,
  { numRuns = 25, seed }: CheckOptions,
): Promise<void> {
  const broken: string[] = [];
  for (const { name, holds } of laws) {
    try {
      const seeded = seed === undefined ? {} : { seed };
      await fc.assert(fc.asyncProperty(cases, holds), { numRuns, ...seeded, includeErrorInReport: true });
    } catch (error) {
      broken.push(`${name}\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (broken.length > 0) throw new Error(`${broken.length} of ${laws.length} laws broken\n\n${broken.join("\n\n")}`);
}

/** Throws unless the condition holds. */
export function must(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

/** Throws unless both are the same to the last bit: -0 is not 0, NaN is NaN. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [fc.stringify(actual), fc.stringify(expected)];
  if (got === wanted) return;
  const [where, from] = firstDifference(got, wanted);
  throw new Error(
    `${what}${where}: expected ${wanted.slice(from, from + WIDTH)}, got ${got.slice(from, from + WIDTH)}`,
  );
}

/** How much of long values is shown. */
const WIDTH = 200;

/** Where two texts part, a few characters before, and how to say it. */
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

/** Freezes plain data through and through: whoever changes it now throws. */
export function deepFreeze<Data>(data: Data): Data {
  if (typeof data === "object" && data !== null && !ArrayBuffer.isView(data)) {
    Object.values(data).forEach(deepFreeze);
    Object.freeze(data);
  }
  return data;
}
