import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanInterval } from "../../src/numeric/moments.js";
import { studentQuantile } from "../../src/numeric/studentT.js";

/** Printed tables, e.g. NIST/SEMATECH e-Handbook, 1.3.6.7.2, with the digits of R's qt(0.975, df). */
const TABLE: readonly (readonly [degrees: number, quantile: number])[] = [
  [1, 12.706204736174698],
  [2, 4.302652729749464],
  [3, 3.182446305283708],
  [4, 2.776445105198],
  [5, 2.5705818356363146],
  [10, 2.2281388519649385],
  [30, 2.0422724563012373],
  [100, 1.9839715185235518],
];

/** P(T > t) by Simpson's rule over the angle θ with T = sqrt(ν)·tan θ, where the density is a power of the cosine. */
function tailByQuadrature(t: number, degrees: number): number {
  const density = (angle: number): number => Math.cos(angle) ** (degrees - 1);
  const simpson = (from: number, to: number): number => {
    const n = 20_000;
    const width = (to - from) / n;
    let sum = density(from) + density(to);
    for (let i = 1; i < n; i++) sum += density(from + i * width) * (i % 2 === 1 ? 4 : 2);
    return (sum * width) / 3;
  };
  const angle = Math.atan(t / Math.sqrt(degrees));
  return simpson(angle, Math.PI / 2) / (2 * simpson(0, Math.PI / 2));
}

describe("Student's t", () => {
  test.each(TABLE)("with %d degrees of freedom has the printed quantile", (degrees, quantile) => {
    expect(Math.abs(studentQuantile(0.025, degrees) / quantile - 1)).toBeLessThan(1e-11);
  });

  const tail = fc.double({ min: 1e-7, max: 0.4, noNaN: true });

  test("has the closed forms of one and two degrees of freedom", () => {
    fc.assert(
      fc.property(tail, (p) => {
        expect(Math.abs(studentQuantile(p, 1) * Math.tan(Math.PI * p) - 1)).toBeLessThan(1e-9);
        const closed = (1 - 2 * p) / Math.sqrt(2 * p * (1 - p));
        expect(Math.abs(studentQuantile(p, 2) / closed - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  test("has the tail of its density", () => {
    const degrees = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(299, 998, 999, 1000, 1001, 4095));
    fc.assert(
      fc.property(tail, degrees, (p, nu) => {
        expect(Math.abs(tailByQuadrature(studentQuantile(p, nu), nu) / p - 1)).toBeLessThan(1e-7);
      }),
      { numRuns: 60 },
    );
  });

  test("falls with the degrees of freedom, without a jump where the method changes, to the normal's", () => {
    const quantiles = [1, 2, 3, 10, 100, 998, 999, 1000, 1001, 2000, 1e5, 1e9].map((nu) => studentQuantile(0.025, nu));
    expect(quantiles).toEqual(quantiles.toSorted((a, b) => b - a));
    expect(studentQuantile(0.025, 999) - studentQuantile(0.025, 1000)).toBeLessThan(3e-6);
    expect(quantiles.at(-1)).toBeCloseTo(1.959963984540054, 8);
  });
});

describe("an interval", () => {
  test("is Student's", () => {
    const [low, high] = meanInterval(10, 2, 31);
    expect([(low - 10) / 2, (high - 10) / 2]).toEqual(
      [-2.0422724563012373, 2.0422724563012373].map((t) => expect.closeTo(t, 12)),
    );
  });

  test("there is none for one observation, nor for a few equal ones", () => {
    expect(meanInterval(10, NaN, 1)).toEqual([NaN, NaN]);
    for (const n of [2, 5]) expect(meanInterval(10, 0, n)).toEqual([NaN, NaN]);
    expect(meanInterval(10, 0, 6)).toEqual([10, 10]);
    expect(meanInterval(10, 0, 6, 0.05 / 3)).toEqual([NaN, NaN]);
    expect(meanInterval(10, 0, 7, 0.05 / 3)).toEqual([10, 10]);
  });
});
