// The numerical parts of `solve`, each against what is exactly known.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BestSlate } from "../../src/solve/bestSlate.js";
import { orderedSets, unorderedSets, type CandidateSets } from "../../src/solve/candidateSets.js";
import { ChebyshevGrid, chebyshevPolynomials } from "../../src/solve/chebyshev.js";
import { clickDistribution } from "../../src/solve/clickDistribution.js";
import { estimateOf } from "../../src/solve/estimate.js";
import { gaussHermite } from "../../src/solve/gaussHermite.js";
import { placeOfSlot } from "../../src/solve/optimum.js";
import type { ScalarStateModel } from "../../src/world/scalarState.js";

const product = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  return Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0);
};

describe("Gauss-Hermite quadrature", () => {
  test("has the moments of a normal, up to degree 2n - 1", () => {
    for (let size = 1; size <= 12; size++) {
      const { points, weights } = gaussHermite(size);
      let moment = 1; // of degree 0, then 1·3·5…
      for (let degree = 0; degree < 2 * size; degree += 2) {
        const even = product(
          weights,
          points.map((x) => x ** degree),
        );
        expect(Math.abs(even - moment), `${size} points, degree ${degree}`).toBeLessThan(1e-12 * moment);
        const odd = weights.map((weight, i) => weight * points[i]! ** (degree + 1));
        const scale = odd.reduce((sum, x) => sum + Math.abs(x), 0);
        expect(Math.abs(odd.reduce((sum, x) => sum + x, 0))).toBeLessThanOrEqual(1e-12 * scale);
        moment *= degree + 1;
      }
      expect(points.toSorted((a, b) => a - b)).toEqual(points);
    }
  });

  test("has the points of Abramowitz and Stegun, table 25.10, times √2", () => {
    const { points, weights } = gaussHermite(5);
    expect(points[4]).toBeCloseTo(2.0201828704560856 * Math.SQRT2, 13);
    expect(points[3]).toBeCloseTo(0.9585724646138185 * Math.SQRT2, 13);
    expect(weights[2]).toBeCloseTo(0.9453087204829419 / Math.sqrt(Math.PI), 13);
  });
});

const interval = fc
  .tuple(fc.double({ min: -20, max: 20, noNaN: true }), fc.double({ min: 0.1, max: 20, noNaN: true }))
  .map(([least, width]) => [least, least + width] as const);

describe("a Chebyshev grid", () => {
  const size = fc.integer({ min: 2, max: 40 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  test("interpolates polynomials below its size exactly, also at its own points", () => {
    const property = fc.property(size, interval, share, fc.nat(39), (points, [least, greatest], at, power) => {
      const grid = new ChebyshevGrid(points, least, greatest);
      const scaled = (x: number): number => ((2 * x - least - greatest) / (greatest - least)) ** (power % points);
      for (const x of [least + at * (greatest - least), grid.points[power % points]!]) {
        const row = new Float64Array(points);
        grid.addRow(x, 1, row);
        expect(product(row, grid.points.map(scaled))).toBeCloseTo(scaled(x), 10);
      }
    });
    fc.assert(property);
  });

  test("has the mean of a polynomial over any interval inside", () => {
    const property = fc.property(size, interval, share, share, (points, [least, greatest], a, b) => {
      fc.pre(Math.abs(a - b) > 1e-3);
      const grid = new ChebyshevGrid(points, least, greatest);
      const [from, to] = [Math.min(a, b), Math.max(a, b)].map((x) => least + x * (greatest - least)) as [
        number,
        number,
      ];
      const scaled = (x: number): number => (2 * x - least - greatest) / (greatest - least);
      const row = grid.meanRow(from, to);
      for (let power = 0; power < points; power++) {
        const values = grid.points.map((x) => scaled(x) ** power);
        const integral = (scaled(to) ** (power + 1) - scaled(from) ** (power + 1)) / (power + 1);
        expect(product(row, values)).toBeCloseTo(integral / (scaled(to) - scaled(from)), 9);
      }
    });
    fc.assert(property);
  });

  test("has the mean of a polynomial under a distribution, from the means of the Chebyshev polynomials", () => {
    const draws = fc.array(share, { minLength: 1, maxLength: 9 });
    const property = fc.property(size, draws, (points, sample) => {
      const grid = new ChebyshevGrid(points, 0, 1);
      const polynomials = new Float64Array(points);
      const moments = new Float64Array(points);
      for (const x of sample) {
        chebyshevPolynomials(2 * x - 1, polynomials);
        polynomials.forEach((value, j) => (moments[j]! += value / sample.length));
      }
      const row = new Float64Array(points);
      for (const x of sample) grid.addRow(x, 1 / sample.length, row);
      grid.weightsOf(moments).forEach((weight, i) => expect(weight).toBeCloseTo(row[i]!, 10));
    });
    fc.assert(property);
  });
});

describe("candidate sets", () => {
  test("fall, and have the means and squares of order statistics: r/(n + 1) and r(r + 1)/((n + 1)(n + 2))", () => {
    for (const [size, kept] of [
      [10, 10],
      [10, 6],
      [7, 5],
      [50, 4],
      [1, 1],
    ] as const) {
      const { documents, count } = orderedSets(4096, size, 3, kept);
      for (let place = 0; place < kept; place++) {
        const rank = place < Math.ceil(kept / 2) ? size - place : kept - place;
        const values = Array.from({ length: count }, (_, set) => documents[set * kept + place]!);
        if (place > 0)
          values.forEach((value, set) => expect(value).toBeLessThanOrEqual(documents[set * kept + place - 1]!));
        const mean = values.reduce((sum, x) => sum + x, 0) / count;
        const square = values.reduce((sum, x) => sum + x * x, 0) / count;
        expect(Math.abs(mean - rank / (size + 1)), `${rank} of ${size}`).toBeLessThan(2e-4);
        expect(Math.abs(square - (rank * (rank + 1)) / ((size + 1) * (size + 2)))).toBeLessThan(6e-4);
      }
    }
  });

  test("in no order are uniform, in each coordinate and in pairs of them", () => {
    const { documents, count, size } = unorderedSets(4096, 70, 1);
    const mean = (of: (set: number) => number): number => {
      return Array.from({ length: count }, (_, set) => of(set)).reduce((sum, x) => sum + x, 0) / count;
    };
    for (let d = 0; d + 1 < size; d++) {
      const tolerance = d + 1 < 64 ? 2e-3 : 4 * 0.29 * count ** -0.5; // independent uniforms after the 64th
      expect(Math.abs(mean((set) => documents[set * size + d]!) - 1 / 2)).toBeLessThan(tolerance);
      const pair = (set: number): number => documents[set * size + d]! * documents[set * size + d + 1]!;
      expect(Math.abs(mean(pair) - 1 / 4)).toBeLessThan(tolerance);
    }
  });

  test("of one replicate are the same every time, and those of others are others", () => {
    expect(orderedSets(64, 9, 5)).toEqual(orderedSets(64, 9, 5));
    expect(orderedSets(64, 9, 5)).not.toEqual(orderedSets(64, 9, 6));
  });
});

/** All slates of some candidates, by brute force. */
function slatesOf(candidates: number, slots: number): number[][] {
  if (slots === 0) return [[]];
  return slatesOf(candidates, slots - 1).flatMap((slate) =>
    Array.from({ length: candidates }, (_, next) => next)
      .filter((next) => next > (slate.at(-1) ?? -1))
      .map((next) => slate.concat(next)),
  );
}

test("the best slate is the best of all slates", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  const weight = fc.double({ min: 0.01, max: 5, noNaN: true });
  const candidates = fc.array(fc.tuple(number, weight), { minLength: 1, maxLength: 7 });
  const noClick = fc.tuple(fc.oneof(fc.constant(0), weight), number);
  const property = fc.property(candidates, fc.nat(6), noClick, (given, size, [noClickWeight, noClickValue]) => {
    const slots = 1 + (size % given.length);
    const [values, weights] = [0, 1].map((part) => Float64Array.from(given, (each) => each[part]!)) as [
      Float64Array,
      Float64Array,
    ];
    const worthOf = (slate: readonly number[]): number => {
      const total = slate.reduce((sum, each) => sum + weights[each]!, noClickWeight);
      return slate.reduce((sum, each) => sum + weights[each]! * values[each]!, noClickWeight * noClickValue) / total;
    };
    const all = slatesOf(given.length, slots).map(worthOf);
    const best = new BestSlate(slots, given.length, noClickWeight);
    for (const start of [all[0]!, all.at(-1)!]) {
      expect(best.worth(values, weights, 0, noClickValue, start)).toBeCloseTo(Math.max(...all), 9);
    }
  });
  fc.assert(property, { numRuns: 500 });
});

test("what is clicked has the probabilities of the choice, in every set", () => {
  const model = {
    consideredSlots: 2,
    choiceWeight: (document: number) => 1 + document,
    noClickWeight: 0.5,
  } as unknown as ScalarStateModel;
  const sets: CandidateSets = { count: 2, size: 3, documents: Float64Array.of(0.9, 0.5, 0.1, 1, 0.25, 0) };
  const { clicks, noClick } = clickDistribution(model, new ChebyshevGrid(4, 0, 1), sets, [0, 2, 1]);
  const shown = [
    [0.9, 0.1],
    [1, 0],
  ];
  for (const power of [0, 1, 2, 3]) {
    const means = shown.map((slate) => {
      const weights = slate.map((document) => 1 + document);
      return (
        product(
          weights,
          slate.map((document) => document ** power),
        ) /
        (weights[0]! + weights[1]! + 0.5)
      );
    });
    const points = new ChebyshevGrid(4, 0, 1).points.map((document) => document ** power);
    expect(product(clicks, points)).toBeCloseTo((means[0]! + means[1]!) / 2, 12);
  }
  expect(noClick).toBeCloseTo((0.5 / 3.5 + 0.5 / 3.5) / 2, 12);
});

test("the slots of a mix are the top in falling order, then the bottom in rising order", () => {
  expect([0, 1, 2, 3].map((slot) => placeOfSlot(slot, 2, 10))).toEqual([0, 1, 9, 8]);
});

test("an estimate has half of Student's interval as its error", () => {
  const { value, error } = estimateOf([1, 2, 3, 4]);
  expect(value).toBe(2.5);
  expect(error).toBeCloseTo((3.182446305284263 * Math.sqrt(5 / 3)) / 2, 10);
});
