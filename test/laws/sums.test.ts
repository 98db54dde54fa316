import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSum, roundFraction } from "../../src/numeric/exactSum.js";
import { interval95, meanOf, notNegative, varianceOf } from "../../src/numeric/moments.js";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const numbers = fc.array(finite, { maxLength: 40 });
const UNITS = 1074n;

/** A double as a whole number of 2^-1074, by doubling it until it is whole. */
function unitsOf(x: number): bigint {
  let [whole, doublings] = [x, 0n];
  for (; !Number.isInteger(whole); doublings++) whole *= 2;
  return BigInt(whole) << (UNITS - doublings);
}

function sumOf(xs: readonly number[]): ExactSum {
  const sum = new ExactSum();
  for (const x of xs) sum.add(x);
  return sum;
}

describe("ExactSum", () => {
  test("is the sum of rational numbers", () => {
    fc.assert(
      fc.property(numbers, (xs) => {
        const expected = xs.reduce((sum, x) => sum + unitsOf(x), 0n);
        expect(sumOf(xs).toFraction()).toEqual({ numerator: expected, denominator: 1n << UNITS });
      }),
    );
  });

  test("knows neither order nor grouping", () => {
    fc.assert(
      fc.property(numbers, fc.nat(40), fc.func(finite), (xs, at, key) => {
        const shuffled = xs.toSorted((a, b) => key(a) - key(b));
        const joined = sumOf(shuffled.slice(0, at));
        joined.addSum(sumOf(shuffled.slice(at)));
        expect(joined.toFraction()).toEqual(sumOf(xs).toFraction());
      }),
    );
  });

  test("keeps what floating point would lose", () => {
    expect(roundFraction(sumOf([1e300, 1, 5e-324, -1e300, -5e-324]).toFraction())).toBe(1);
  });
});

describe("roundFraction", () => {
  test("gives a double back", () => {
    const normal = finite.filter((x) => x === 0 || (Math.abs(x) > 1e-290 && Math.abs(x) < 1e290));
    fc.assert(
      fc.property(normal, fc.bigInt({ min: 1n, max: 10n ** 30n }), (x, factor) => {
        const fraction = { numerator: unitsOf(x) * factor, denominator: factor << UNITS };
        expect(roundFraction(fraction)).toBe(x === 0 ? 0 : x);
      }),
    );
  });

  test("is at most one unit off below the normal doubles", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1n << 51n }), fc.bigInt({ min: 1n, max: 1n << 80n }), (n, d) => {
        const rounded = roundFraction({ numerator: n, denominator: d << UNITS });
        const units = unitsOf(rounded) * d - n;
        expect((units < 0n ? -units : units) <= d).toBe(true);
      }),
    );
  });

  test("rounds to the nearest double, and to the even one half-way", () => {
    const size = fc.bigInt({ min: 1n, max: 1n << 400n });
    // Denominators that are powers of two, with few bits above, make ties and near-ties common.
    const nearTie = fc
      .record({
        bits: fc.bigInt({ min: 1n << 52n, max: 1n << 53n }),
        off: fc.constantFrom(-1n, 0n, 1n),
        places: fc.nat(300),
      })
      .map(({ bits, off, places }) => ({
        numerator: ((2n * bits + 1n) << 200n) + off,
        denominator: 1n << BigInt(places),
      }));
    const fraction = fc.record({ numerator: size, denominator: size });
    fc.assert(
      fc.property(fc.oneof(fraction, nearTie), fc.boolean(), ({ numerator, denominator }, negative) => {
        const rounded = roundFraction({ numerator: negative ? -numerator : numerator, denominator });
        expect(Math.sign(rounded)).toBe(negative ? -1 : 1);
        expectNearest(Math.abs(rounded), numerator, denominator);
      }),
      { numRuns: 2000 },
    );
  });
});

/** |x - n/d| is at most half the way to either neighbour, and below it unless x is even. */
function expectNearest(x: number, numerator: bigint, denominator: bigint): void {
  const [below, above] = [neighbour(x, -1n), neighbour(x, 1n)];
  const point = 2n * (numerator << UNITS);
  const low = (unitsOf(below) + unitsOf(x)) * denominator;
  const high = (unitsOf(x) + unitsOf(above)) * denominator;
  const even = unitsOf(x) % (2n * (unitsOf(above) - unitsOf(x))) === 0n;
  expect(even ? low <= point && point <= high : low < point && point < high).toBe(true);
}

function neighbour(x: number, steps: bigint): number {
  const bits = new BigInt64Array(new Float64Array([x]).buffer);
  bits[0]! += steps;
  return new Float64Array(bits.buffer)[0]!;
}

describe("moments", () => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: -1e-6, noNaN: true }),
    fc.double({ min: 0.1, max: 10, noNaN: true }),
  );
  const sample = fc.array(value, { minLength: 2, maxLength: 60 });

  test("are the plain formulas", () => {
    fc.assert(
      fc.property(sample, (xs) => {
        const n = xs.length;
        const mean = xs.reduce((sum, x) => sum + x, 0) / n;
        const variance = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
        const squares = xs.map((x) => x * x);
        const scale = Math.max(...squares);
        expect(Math.abs(meanOf(sumOf(xs), n) - mean)).toBeLessThanOrEqual(1e-14 * Math.sqrt(scale));
        expect(Math.abs(varianceOf(sumOf(xs), sumOf(squares), n) - variance)).toBeLessThanOrEqual(1e-12 * scale);
      }),
    );
  });

  test("do not cancel: a small spread far from 0 is exact", () => {
    const xs = [1e8, 1e8 + 1, 1e8 + 2];
    expect(meanOf(sumOf(xs), 3)).toBe(1e8 + 1);
    // The squares of 1e8 + 1 and 1e8 + 2 have 54 bits; theirs are added as pairs of doubles that hold them.
    const squares = [1e16, 1e16, 2e8, 1, 1e16, 4e8, 4];
    expect(varianceOf(sumOf(xs), sumOf(squares), 3)).toBe(1);
  });

  test("are NaN where too little was seen", () => {
    expect(meanOf(sumOf([]), 0)).toBeNaN();
    expect(varianceOf(sumOf([1]), sumOf([1]), 1)).toBeNaN();
  });

  test("take a spread below nothing for nothing", () => {
    expect(notNegative({ numerator: -3n, denominator: 2n })).toEqual({ numerator: 0n, denominator: 2n });
    expect(notNegative({ numerator: 3n, denominator: 2n })).toEqual({ numerator: 3n, denominator: 2n });
  });

  test("give an interval that holds 95 % of a normal", () => {
    const [low, high] = interval95(10, 2);
    expect([low, high].map((end) => (end - 10) / 2)).toEqual([-1.959963984540054, 1.959963984540054]);
  });
});
