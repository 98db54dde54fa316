// How far the project's own functions are from the real ones. The bounds are the docstrings'.
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { cosineQuarter, sineQuarter } from "../../src/numeric/circle.js";
import { exp, logistic, shortExp } from "../../src/numeric/exponential.js";
import { minusTwoLog53 } from "../../src/numeric/logarithm.js";
import { normalMassWithin, normalQuantile } from "../../src/numeric/normalQuantile.js";
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
    edges: [0, -0, 708, -708, 1, -1, Math.LN2 / 2, 2 ** -60, 0.3633650451175861],
    arguments: [between(-708, 708), between(-20, 20), between(-1, 1), between(0.3, 0.4)],
    bound: 1.1,
  },
  {
    name: "shortExp",
    computed: shortExp,
    exact: precise.exp,
    edges: [0, 0.5, -0.5, 2 ** -60, -0.4999001223236417],
    arguments: [between(-0.5, 0.5), between(-0.5, -0.3), octaves(-60, -1)],
    bound: 1.1,
  },
  {
    name: "logistic",
    computed: logistic,
    exact: precise.logistic,
    edges: [0, 700, -700, 36.7, -36.73992170589457],
    arguments: [between(-700, 700), between(-40, -36), between(-1, 1)],
    bound: 2.6,
  },
  {
    name: "minusTwoLog53",
    computed: minusTwoLog53,
    exact: (v) => -2n * precise.ln(v >> 53n),
    edges: [
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
    bound: 1,
  },
  {
    name: "sineQuarter",
    computed: sineQuarter,
    exact: (f) => precise.circle(times(precise.PI / 2n, f)).sine,
    edges: [0, 0.5, -0.5, 2 ** -53, -(2 ** -53), 0.4989569365155361],
    arguments: [between(-0.5, 0.5), octaves(-53, -1)],
    bound: 1.3,
  },
  {
    name: "cosineQuarter",
    computed: cosineQuarter,
    exact: (f) => precise.circle(times(precise.PI / 2n, f)).cosine,
    edges: [0, 0.5, -0.5, 2 ** -53, 0.49993912098805793],
    arguments: [between(-0.5, 0.5), between(0.48, 0.5)],
    bound: 1.6,
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
