// How far the project's own functions are from the real ones. The bounds are the docstrings'.
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { circlePoint, type CirclePoint } from "../../src/numeric/circle.js";
import { exp, expHalfLess, logistic } from "../../src/numeric/exponential.js";
import { log } from "../../src/numeric/log.js";
import { minusTwoLog53 } from "../../src/numeric/logarithm.js";
import { normalMassWithin, normalQuantile } from "../../src/numeric/normalQuantile.js";
import { CIRCLE, LOGS, POWERS, WEIGHTS } from "../../src/numeric/tables.js";
import * as precise from "../support/preciseFunctions.js";
import { fixed, times, type Fixed, type Scaled } from "../support/preciseFunctions.js";

const TWO_53 = 2 ** 53;

/** Where to look. */
type Arguments = (uniform: () => number) => number;

const between =
  (low: number, high: number): Arguments =>
  (uniform) =>
    low + (high - low) * uniform();
/** 2^low … 2^high, as many in every octave. */
const octaves =
  (low: number, high: number): Arguments =>
  (uniform) =>
    2 ** (low + (high - low) * uniform());

interface Case {
  readonly name: string;
  readonly computed: (x: number) => number;
  readonly exact: (x: Fixed) => Fixed | Scaled;
  /** The ends, and where millions of points were worst. */
  readonly edges: readonly number[];
  readonly arguments: readonly Arguments[];
  /** In units of the last place. */
  readonly bound: number;
  /** A family; many unless said otherwise. */
  readonly points?: number;
}

const cases: Case[] = [
  {
    name: "exp",
    computed: exp,
    exact: precise.exp,
    edges: [-0.020258153312187832, 0, -0, 708, -708, 1, -1, Math.LN2 / 2, 2 ** -60, 0.3633650451175861],
    arguments: [between(-708, 708), between(-20, 20), between(-1, 1), between(0.3, 0.4)],
    bound: 1.2,
  },
  {
    name: "expHalfLess",
    computed: expHalfLess,
    exact: (k) => precise.exp(precise.ONE / 2n - k),
    edges: [0.50390105664755, 0, 1, 0.5, 2 ** -60, 1 - 2 ** -53, 255 / 256],
    arguments: [between(0, 1), octaves(-60, 0), (uniform) => Math.floor(uniform() * 2 ** 32) / 2 ** 32],
    bound: 1.2,
  },
  {
    name: "logistic",
    computed: logistic,
    exact: precise.logistic,
    edges: [
      -36.7412762294581,
      0,
      700,
      -700,
      36.7,
      -36.73992170589457,
      0.25,
      -0.25,
      0.25 + 2 ** -54,
      -0.25 - 2 ** -54,
      2 ** -60,
    ],
    arguments: [between(-700, 700), between(-40, -36), between(-1, 1), between(-0.25, 0.25)],
    bound: 3,
  },
  {
    name: "log",
    computed: log,
    exact: precise.ln,
    edges: [1, 2, 0.5, 10, Math.SQRT1_2, Math.SQRT2, 1 + 2 ** -52, 1 - 2 ** -53, 2 ** 200, 2 ** -200, Math.E],
    arguments: [octaves(-200, 200), between(0.5, 2), between(0.99, 1.01)],
    bound: 1,
  },
  {
    name: "minusTwoLog53",
    computed: minusTwoLog53,
    exact: (v) => -2n * precise.ln(v >> 53n),
    edges: [
      1497046096435256,
      1,
      2,
      3,
      6346023234599395,
      TWO_53,
      TWO_53 - 1,
      TWO_53 / 2,
      TWO_53 / 2 + 1,
      Math.SQRT1_2 * TWO_53,
      Math.SQRT2 * 2 ** 40,
    ],
    arguments: [
      (uniform) => 1 + Math.floor(TWO_53 * uniform()),
      (uniform) => TWO_53 - Math.floor(2 ** (53 * uniform())),
      octaves(0, 53),
    ],
    bound: 2,
  },
  {
    name: "sine of a circlePoint",
    computed: (turns) => pointAt(turns).sine,
    exact: (turns) => precise.circle(2n * times(precise.PI, turns)).sine,
    edges: [0.001957479103581387, 0, 2 ** -53, -(2 ** -53), 1 / 512, -1 / 512, 0.25, 1 / 8],
    arguments: [between(-1 / 8, 1 / 8), between(-1 / 256, 1 / 256), octaves(-53, -3)],
    bound: 2,
  },
  {
    name: "cosine of a circlePoint",
    computed: (turns) => pointAt(turns).cosine,
    exact: (turns) => precise.circle(2n * times(precise.PI, turns)).cosine,
    edges: [-0.12309458470289862, 0, 2 ** -53, 1 / 512, -1 / 512, 1 / 8],
    arguments: [between(-1 / 8, 1 / 8), octaves(-53, -3)],
    bound: 1,
  },
  {
    name: "normalMassWithin",
    computed: normalMassWithin,
    exact: (a) => 2n * precise.normalMass(a),
    edges: [0.001, 1, 2, 10, 8.999999],
    arguments: [octaves(-10, 0), between(1, 3), between(3, 9)],
    points: 1000,
    bound: 40,
  },
];

/** By the entry nearest to an angle of -1/8 to 1/4 of a turn. */
function pointAt(turns: number): CirclePoint {
  const entry = Math.round(turns * 256);
  return circlePoint((entry + 256) % 256, turns - entry / 256);
}

describe.each(cases)("$name", ({ name, computed, exact, edges, arguments: families, bound, points = 8000 }) => {
  test(`is at most ${bound} ulp off`, () => {
    const uniform = seedrandom(name);
    const drawn = families.flatMap((draw) => Array.from({ length: points }, () => draw(uniform)));
    const { error, at } = worstOf([...edges, ...drawn], (x) => precise.ulpsOff(computed(x), exact(fixed(x))));
    expect(error, `at ${at}`).toBeLessThanOrEqual(bound);
  });
});

/** The largest error and where it is; an error that is no number counts as the largest. */
function worstOf(points: readonly number[], errorAt: (x: number) => number): { error: number; at: number } {
  let worst = { error: 0, at: NaN };
  for (const at of points) {
    const error = errorAt(at);
    if (!(error <= worst.error)) worst = { error, at };
  }
  return worst;
}

/** sin(2π·j/256), taken within a quarter turn. */
function sineOfEntry(j: number): Fixed {
  const within = ((j + 64) % 128) - 64;
  const { sine } = precise.circle((precise.PI * BigInt(within)) / 128n);
  return (j + 64) % 256 < 128 ? sine : -sine;
}

/** Where the j-th entry of LOGS lies. */
const nodeOf = (j: number): number => (j < 150 ? (362 + j) / 512 : (106 + j) / 256);

describe("the tables", () => {
  // Entries are the doubles nearest to the true values; 256 bits leave no doubt about any of them.
  test.each<[string, (j: number) => number, (j: number) => Fixed | Scaled]>([
    ["powers of two", (j) => POWERS[j]!, (j) => precise.exp((precise.LN2 * BigInt(j)) / 256n)],
    ["choice weights", (j) => WEIGHTS[j]!, (j) => precise.exp(fixed(0.5 - (j + 0.5) / 256))],
    ["cosines", (j) => CIRCLE[2 * j]!, (j) => sineOfEntry(j + 64)],
    ["sines", (j) => CIRCLE[2 * j + 1]!, sineOfEntry],
    ["reciprocals", (j) => LOGS[2 * j]!, (j) => precise.over(precise.ONE, fixed(nodeOf(j)))],
    ["logarithms", (j) => LOGS[2 * j + 1]!, (j) => -2n * precise.ln(fixed(nodeOf(j)))],
  ])("hold %s rounded once", (_, entry, exact) => {
    const { error, at } = worstOf(
      Array.from({ length: 256 }, (_unused, j) => j),
      (j) => precise.ulpsOff(entry(j), exact(j)),
    );
    expect(error, `entry ${at}`).toBeLessThanOrEqual(0.5);
  });
});

/** How far z is from where the exact distribution reaches 1/2 + q, relative to z: one step of Newton's from z itself. */
function relativeError(q: number): number {
  const z = fixed(normalQuantile(q));
  const off = precise.over(fixed(q) - precise.normalMass(z), precise.normalDensity(z));
  return Math.abs(Number(off) / Number(z));
}

describe("normalQuantile", () => {
  test.each([
    ["in the middle", [0.425, -0.425, 2 ** -60], between(-0.425, 0.425)],
    ["in the tails", [0.4251, -0.4251, 0.5 - 2 ** -33], (uniform) => 0.5 - 2 ** -(3.8 + 29.2 * uniform())],
    ["far out", [0.5 - 2 ** -53, 2 ** -53 - 0.5], (uniform) => 0.5 - 2 ** -(33 + 20 * uniform())],
  ] as [string, number[], Arguments][])("is right to 1e-15, relative, %s", (name, edges, draw) => {
    const uniform = seedrandom(name);
    const points = [...edges, ...Array.from({ length: 1500 }, () => draw(uniform))];
    const { error, at } = worstOf(points, relativeError);
    expect(error, `at ${at}`).toBeLessThan(1e-15);
  });

  test("is 0 at 0, odd, and finite at the ends", () => {
    expect(normalQuantile(0)).toBe(0);
    for (const q of [0.1, 0.3, 0.425, 0.45, 0.4999999, 0.5]) expect(normalQuantile(-q)).toBe(-normalQuantile(q));
    expect(normalQuantile(0.5)).toBe(normalQuantile(0.5 - 2 ** -53));
    expect(normalQuantile(0.5)).toBeCloseTo(8.2095, 4);
  });
});

/** The first digits of x, with 60 after the point. */
function digits(x: Fixed): string {
  return String((x * 10n ** 60n) / precise.ONE);
}

describe("the precise functions themselves", () => {
  test("know constants to 60 digits", () => {
    expect(digits(precise.PI)).toBe("3141592653589793238462643383279502884197169399375105820974944");
    expect(digits(precise.LN2)).toBe("693147180559945309417232121458176568075500134360255254120680");
    const { fraction, exponent } = precise.exp(precise.ONE);
    expect(digits(fraction << BigInt(exponent))).toBe("2718281828459045235360287471352662497757247093699959574966967");
  });
});
