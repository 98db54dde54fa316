// Ratios of two sums, with denominators of any size, against whole numbers that are never rounded.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addObservation, addUserRatio, noRatio, USER_RATIO, type RatioSums } from "../../src/statistics/blockSums.js";
import { RatioTotals } from "../../src/statistics/ratioTotals.js";
import {
  exactClusteredError,
  exactMean,
  exactRatio,
  exactVariance,
  type Observation,
} from "../support/exactMoments.js";

type User = readonly Observation[];

/** As a tally adds up a block: user by user, steps with 0 in both left out. */
function sumsOf(block: readonly User[]): RatioSums {
  const sums = noRatio();
  for (const steps of block) {
    const user = new Float64Array(USER_RATIO);
    for (const [a, b] of steps) if (a !== 0 || b !== 0) addObservation(sums, user, 0, a, b);
    addUserRatio(sums, user, 0);
  }
  return sums;
}

function totalsOf(blocks: readonly (readonly User[])[]): RatioTotals {
  const totals = new RatioTotals();
  for (const block of blocks) totals.addSums(sumsOf(block));
  return totals;
}

/** A few blocks of a few users with a few steps each. */
function blocksOf(step: fc.Arbitrary<Observation>): fc.Arbitrary<User[][]> {
  const user = fc.array(step, { maxLength: 5 });
  return fc.array(fc.array(user, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
}

const observed = (users: readonly User[]): Observation[] => users.flat().filter(([a, b]) => a !== 0 || b !== 0);

/** Denominators that are powers of two, or 0: no sum is rounded. */
const whole = fc.tuple(
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(0, 0.25, 0.5, 1, 2, 4, 8, -1, -2),
) as fc.Arbitrary<Observation>;

const weighted = fc.tuple(
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.oneof(fc.double({ min: 0.1, max: 10, noNaN: true }), fc.constantFrom(0, 1, 1 / 3)),
) as fc.Arbitrary<Observation>;

describe("a ratio of two sums", () => {
  test("is that of rational arithmetic, to the bit, where its sums are exact", () => {
    const property = fc.property(blocksOf(whole), (blocks) => {
      const users = blocks.flat();
      const all = observed(users);
      const totals = totalsOf(blocks);
      const exact = exactRatio(users);
      expect(totals.count).toBe(all.length);
      expect(totals.users).toBe(users.filter((steps) => observed([steps]).length > 0).length);
      expect(totals.mean()).toBe(exact.mean);
      expect(totals.variance()).toBe(all.length < 2 ? NaN : exact.variance);
      if (users.length < 2) expect(totals.clusteredError(users.length)).toBeNaN();
      else expectRelative(totals.clusteredError(users.length), exact.standardError, 1e-14);
      const ratios = all.flatMap(([a, b]) => (b === 0 ? [] : [a / b]));
      if (ratios.length > 0) expect([totals.min, totals.max]).toEqual([Math.min(...ratios), Math.max(...ratios)]);
    });
    fc.assert(property, { numRuns: 500 });
  });

  test("is that of rational arithmetic, but for the rounding of its sums, for any denominators", () => {
    const property = fc.property(blocksOf(weighted), (blocks) => {
      const users = blocks.flat();
      const all = observed(users);
      fc.pre(all.length > 1 && users.length > 1 && all.some(([, b]) => b !== 0));
      const totals = totalsOf(blocks);
      const exact = exactRatio(users);
      const sum = all.reduce((total, [, b]) => total + b, 0);
      const largest = Math.max(all.reduce((total, [a]) => total + Math.abs(a), 0) / sum, 1e-3);
      expect(Math.abs(totals.mean() - exact.mean)).toBeLessThanOrEqual(1e-13 * largest);
      const spread = largest ** 2 + exact.variance;
      expect(Math.abs(totals.variance() - exact.variance)).toBeLessThanOrEqual(1e-11 * spread);
      const error = totals.clusteredError(users.length);
      expect(Math.abs(error ** 2 - exact.standardError ** 2)).toBeLessThanOrEqual(1e-11 * spread);
    });
    fc.assert(property, { numRuns: 500 });
  });

  test("has the variance and the error of its residuals also where all ratios lie far from 0", () => {
    const residual = fc.integer({ min: -64, max: 64 });
    const far = fc.tuple(residual, fc.constantFrom(0.5, 1, 4)).map(([d, b]): Observation => [1e9 * b + d, b]);
    const property = fc.property(blocksOf(far), (blocks) => {
      const users = blocks.flat();
      fc.pre(users.flat().length > 1 && users.length > 1);
      const totals = totalsOf(blocks);
      const exact = exactRatio(users);
      expect(totals.mean()).toBe(exact.mean);
      expect(totals.variance()).toBe(exact.variance);
      expectRelative(totals.clusteredError(users.length), exact.standardError, 1e-14);
    });
    fc.assert(property);
  });

  test("loses nothing to denominators that are tiny at first, for a user, in a block, or now and then", () => {
    const tiny = fc.constantFrom(2 ** -60, 2 ** -30, 1, 2 ** 20);
    const step = fc.tuple(fc.integer({ min: -9, max: 9 }), tiny) as fc.Arbitrary<Observation>;
    const property = fc.property(blocksOf(step), (blocks) => {
      const users = blocks.flat();
      fc.pre(observed(users).length > 1);
      const exact = exactRatio(users);
      const sum = observed(users).reduce((total, [, b]) => total + b, 0);
      const scale = observed(users).reduce((total, [a]) => total + Math.abs(a), 0) / sum;
      expect(Math.abs(totalsOf(blocks).mean() - exact.mean)).toBeLessThanOrEqual(1e-12 * scale);
    });
    fc.assert(property, { numRuns: 500 });
    const [few, many]: User[] = [[[1, 1e-20]], Array.from({ length: 99 }, (): Observation => [1, 1])];
    for (const blocks of [[[few!, many!]], [[[...few!, ...many!]]], [[few!], [many!]]]) {
      expectRelative(totalsOf(blocks).mean(), 100 / 99, 1e-12);
    }
  });

  test("counts numerators whose denominator is 0", () => {
    const totals = totalsOf([
      [
        [
          [1, 0],
          [1, 0],
          [1, 2],
        ],
        [[3, 0]],
      ],
    ]);
    expect([totals.mean(), totals.count, totals.users, totals.min, totals.max]).toEqual([3, 4, 2, 0.5, 0.5]);
  });

  test("is a plain mean where every denominator is 1, and the same where every one is another power of two", () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    const users = fc.array(fc.array(value, { maxLength: 5 }), { minLength: 2, maxLength: 9 });
    const property = fc.property(users, fc.constantFrom(1, 0.125, 2, 1024), (values, b) => {
      fc.pre(values.flat().length > 1);
      const totals = totalsOf([values.map((xs) => xs.map((x): Observation => [x * b, b]))]);
      expect(totals.mean()).toBe(exactMean(values.flat()));
      expect(totals.variance()).toBe(exactVariance(values.flat()));
      expectRelative(totals.clusteredError(values.length), exactClusteredError(values), 1e-14);
    });
    fc.assert(property);
  });

  test("of equal ratios is that ratio, and has no variance and no error", () => {
    const b = fc.integer({ min: 1, max: 2 ** 40 });
    const users = fc.array(fc.array(b, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 9 });
    const property = fc.property(users, fc.constantFrom(0, 1, -3, 0.75, 100), (weights, ratio) => {
      const totals = totalsOf([weights.map((bs) => bs.map((each): Observation => [ratio * each, each]))]);
      expect([totals.mean(), totals.min, totals.max]).toEqual([ratio, ratio, ratio]);
      expect(totals.clusteredError(weights.length)).toBe(0);
      expect(totals.variance()).toBe(weights.flat().length > 1 ? 0 : NaN);
    });
    fc.assert(property);
  });

  test("knows neither order nor grouping of blocks", () => {
    const property = fc.property(blocksOf(weighted), fc.nat(4), (blocks, at) => {
      const joined = totalsOf(blocks.slice(at).toReversed());
      joined.merge(totalsOf(blocks.slice(0, at)));
      const users = blocks.flat().length;
      const told = (totals: RatioTotals) => {
        const { count, users: observing, min, max } = totals;
        return [count, observing, min, max, totals.mean(), totals.variance(), totals.clusteredError(users)];
      };
      expect(told(joined)).toEqual(told(totalsOf(blocks)));
    });
    fc.assert(property);
  });

  test("is unknown without an observation, and where denominators add up to nothing", () => {
    for (const blocks of [[], [[[]]], [[[[5, 0]], [[-3, 0]]]], [[[[5, 1]], [[7, -1]]]]] as User[][][]) {
      const totals = totalsOf(blocks);
      expect([totals.mean(), totals.variance(), totals.clusteredError(2)]).toEqual([NaN, NaN, NaN]);
    }
    const negative = totalsOf([[[[6, -1]], [[2, -3]]]]);
    expect(negative.mean()).toBe(-2);
  });
});

function expectRelative(actual: number, wanted: number, tolerance: number): void {
  if (Number.isNaN(wanted)) expect(actual).toBeNaN();
  else expect(Math.abs(actual - wanted), `${actual} for ${wanted}`).toBeLessThanOrEqual(tolerance * Math.abs(wanted));
}
