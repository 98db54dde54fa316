import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactly, ExactSum, overCommonDenominator, roundFraction, type Fraction } from "../../src/numeric/exactSum.js";
import { unitsOf } from "../support/exactMoments.js";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const numbers = fc.array(finite, { maxLength: 40 });
const UNITS = 1074n;

function sumOf(xs: readonly number[]): ExactSum {
  const sum = new ExactSum();
  for (const x of xs) sum.add(x);
  return sum;
}

function fractionOf(sum: ExactSum): Fraction {
  const { numerators, denominator } = overCommonDenominator([sum]);
  return { numerator: numerators[0]!, denominator };
}

/** Whether a sum is that many units of 2^-1074. */
function isUnits(sum: ExactSum, units: bigint): boolean {
  const { numerator, denominator } = fractionOf(sum);
  return numerator << UNITS === units * denominator;
}

describe("ExactSum", () => {
  test("is the sum of rational numbers", () => {
    fc.assert(
      fc.property(numbers, (xs) => {
        expect(
          isUnits(
            sumOf(xs),
            xs.reduce((sum, x) => sum + unitsOf(x), 0n),
          ),
        ).toBe(true);
      }),
    );
  });

  test("adds products without rounding", () => {
    fc.assert(
      fc.property(finite, finite, finite, (x, y, z) => {
        const sum = sumOf([z]);
        const [a, b] = [exactly(x), exactly(y)];
        sum.addExact({ units: a.units * b.units, exponent: a.exponent + b.exponent });
        const { numerator, denominator } = fractionOf(sum);
        const wanted = unitsOf(x) * unitsOf(y) + (unitsOf(z) << UNITS);
        expect(numerator << (2n * UNITS) === wanted * denominator).toBe(true);
      }),
    );
  });

  test("knows neither order nor grouping", () => {
    fc.assert(
      fc.property(numbers, fc.nat(40), fc.func(finite), (xs, at, key) => {
        const shuffled = xs.toSorted((a, b) => key(a) - key(b));
        const joined = sumOf(shuffled.slice(0, at));
        joined.addExact(sumOf(shuffled.slice(at)));
        expect(roundFraction(fractionOf(joined))).toBe(roundFraction(fractionOf(sumOf(xs))));
        expect(
          isUnits(
            joined,
            xs.reduce((sum, x) => sum + unitsOf(x), 0n),
          ),
        ).toBe(true);
      }),
    );
  });

  test("keeps what floating point would lose", () => {
    expect(roundFraction(fractionOf(sumOf([1e300, 1, 5e-324, -1e300, -5e-324])))).toBe(1);
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

  test("is 0 for what is far below all doubles", () => {
    for (const places of [1076n, 1143n, 2000n, 5000n]) {
      expect(roundFraction({ numerator: 1n, denominator: 1n << places })).toBe(0);
    }
    expect(roundFraction({ numerator: -1n, denominator: 1n << 1074n })).toBe(-5e-324);
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
