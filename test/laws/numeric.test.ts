// How far the project's own functions are from the real ones. The bounds are the docstrings'; what is measured goes no further.
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { cosineQuarter, sineQuarter } from "../../src/numeric/circle.js";
import { exp, logistic, shortExp } from "../../src/numeric/exponential.js";
import { minusTwoLog53 } from "../../src/numeric/logarithm.js";
import { normalMassWithin, normalQuantile } from "../../src/numeric/normalQuantile.js";
import * as precise from "../support/preciseFunctions.js";
import { fixed, times, type Fixed, type Scaled } from "../support/preciseFunctions.js";

const POINTS = 8000;
const TWO_53 = 2 ** 53;

/** Where to look: `points` arguments, the same in every run. */
type Arguments = (uniform: () => number) => number;

const between = (low: number, high: number): Arguments => (uniform) => low + (high - low) * uniform();
/** 2^low … 2^high, as many in every octave. */
const octaves = (low: number, high: number): Arguments => (uniform) => 2 ** (low + (high - low) * uniform());

interface Case {
  readonly name: string;
  readonly computed: (x: number) => number;
  readonly exact: (x: Fixed) => Fixed | Scaled;
  readonly edges: readonly number[];
  readonly arguments: readonly Arguments[];
  /** In units of the last place. */
  readonly bound: number;
}

const cases: Case[] = [
  {
    name: "exp",
    computed: exp,
    exact: precise.exp,
    edges: [0, -0, 708, -708, 1, -1, Math.LN2 / 2, 5e-324, -1e-300],
    arguments: [between(-708, 708), between(-20, 20), between(-1, 1), between(0.3, 0.4)],
    bound: 1.1,
  },
  {
    name: "shortExp",
    computed: shortExp,
    exact: precise.exp,
    edges: [0, 0.5, -0.5, 2 ** -60],
    arguments: [between(-0.5, 0.5), between(-0.5, -0.3), octaves(-60, -1)],
    bound: 1,
  },
  {
    name: "logistic",
    computed: logistic,
    exact: precise.logistic,
    edges: [0, 700, -700, 36.7, -36.7],
    arguments: [between(-700, 700), between(-20, 20), between(-0.1, 0.1)],
    bound: 2,
  },
  {
    name: "minusTwoLog53",
    computed: minusTwoLog53,
    exact: (v) => -2n * precise.ln(v >> 53n),
    edges: [1, 2, 3, TWO_53, TWO_53 - 1, TWO_53 / 2, TWO_53 / 2 + 1, Math.SQRT1_2 * TWO_53, Math.SQRT2 * 2 ** 40],
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
    edges: [0, 0.5, -0.5, 2 ** -53, -(2 ** -53)],
    arguments: [between(-0.5, 0.5), octaves(-53, -1)],
    bound: 1.2,
  },
  {
    name: "cosineQuarter",
    computed: cosineQuarter,
    exact: (f) => precise.circle(times(precise.PI / 2n, f)).cosine,
    edges: [0, 0.5, -0.5, 2 ** -53],
    arguments: [between(-0.5, 0.5), octaves(-53, -1)],
    bound: 1.5,
  },
  {
    name: "normalMassWithin",
    computed: normalMassWithin,
    exact: (a) => 2n * precise.normalMass(a),
    edges: [0.001, 1, 2, 10, 8.999999],
    arguments: [octaves(-10, 0), between(1, 3), between(3, 9)].map((some) => every(8, some)),
    bound: 20,
  },
];

describe.each(cases)("$name", ({ name, computed, exact, edges, arguments: families, bound }) => {
  test(`is at most ${bound} ulp off`, () => {
    const uniform = seedrandom(name);
    const points = [...edges, ...families.flatMap((draw) => Array.from({ length: POINTS }, () => draw(uniform)))];
    const errors = points.map((x) => precise.ulpsOff(computed(x), exact(fixed(x))));
    const worst = errors.indexOf(Math.max(...errors));
    expect(errors[worst], `at ${points[worst]}`).toBeLessThanOrEqual(bound);
  });
});
