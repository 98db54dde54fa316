import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeWorld, type NumberDistribution, type Parameters } from "../../src/index.js";
import { drawFrom, supportOf } from "../../src/random/distribution.js";
import { drawsAt } from "../../src/random/drawsAt.js";
import { knownDistributions } from "../support/distributionMoments.js";
import { outliers, PowerSums } from "../support/figures.js";
import { mistakesOf } from "../support/mistakesOf.js";

const DRAWS = 6_000;

test.each(knownDistributions)(
  "$name: mean and variance are those of the formula",
  ({ name, given, mean, variance }) => {
    const sums = new PowerSums();
    for (let user = 0; user < DRAWS; user++) sums.add(drawFrom(given, drawsAt({ seed: "moments", user })));
    expect(outliers([sums.mean(name, mean), sums.variance(name, variance)])).toEqual([]);
  },
);

const finite = fc.double({ min: -50, max: 50, noNaN: true });
const positive = fc.double({ min: 0.1, max: 20, noNaN: true });
const distributions: fc.Arbitrary<NumberDistribution> = fc.oneof(
  fc.tuple(finite, positive).map(([min, width]) => ({ distribution: "uniform" as const, min, max: min + width })),
  fc
    .tuple(finite, positive)
    .map(([mean, stddev]) => ({ distribution: "normal" as const, mean, stddev, max: mean + stddev })),
  fc
    .tuple(finite, positive)
    .map(([logMean, logStddev]) => ({ distribution: "logNormal" as const, logMean, logStddev, min: 1 })),
  fc.tuple(positive, positive).map(([alpha, beta]) => ({ distribution: "beta" as const, alpha, beta })),
  fc.array(finite, { minLength: 1, maxLength: 5 }).map((values) => ({ distribution: "discrete" as const, values })),
);

test("the support is no wider than what may be drawn", () => {
  expect(supportOf({ distribution: "discrete", values: [-9, 2, 4, 9], weights: [0, 1, 1, 0] })).toEqual([2, 4]);
  expect(supportOf({ distribution: "normal", mean: 1, stddev: 2, min: 0 })).toEqual([0, 1 + 2 * 8.6]);
  expect(supportOf({ distribution: "logNormal", logMean: 0, logStddev: 0 })).toEqual([1, 1]);
  expect(supportOf({ distribution: "beta", alpha: 2, beta: 2, max: 0.5 })).toEqual([0, 0.5]);
});

test("no draw is outside of the support", () => {
  fc.assert(
    fc.property(distributions, fc.nat(), (given, user) => {
      const [least, greatest] = supportOf(given);
      const x = drawFrom(given, drawsAt({ seed: "support", user }));
      expect(x).toBeGreaterThanOrEqual(least);
      expect(x).toBeLessThanOrEqual(greatest);
    }),
    { numRuns: 500 },
  );
});

/** The errors of the world with that in place of a parameter. */
const errorsOf = (given: object): Promise<readonly string[]> =>
  mistakesOf(() => makeWorld("lts", given as Partial<Parameters>));

describe("refused are", () => {
  test.each<[string, object, ...(string | RegExp)[]]>([
    [
      "a kind that is none",
      { distribution: "unifrom", min: 0, max: 1 },
      /^"sensitivity.distribution" expected one of .*did you mean "uniform"/,
    ],
    [
      "missing fields, all at once",
      { distribution: "uniform" },
      /^"sensitivity.min" expected a number in/,
      /^"sensitivity.max" expected a number in/,
    ],
    ["further fields", { distribution: "uniform", min: 0, max: 1, mean: 3 }, /^"mean" is not a field of sensitivity/],
    [
      "ends the wrong way round",
      { distribution: "uniform", min: 1, max: 0 },
      '"sensitivity.max" expected at least 1 (min), got 0',
    ],
    [
      "a negative spread",
      { distribution: "normal", mean: 0, stddev: -1 },
      /^"sensitivity.stddev" expected a number in \[0/,
    ],
    [
      "a shape too small",
      { distribution: "beta", alpha: 0.01, beta: 1 },
      /^"sensitivity.alpha" expected a number in \[0.1, 1000000\]/,
    ],
    [
      "no values",
      { distribution: "discrete", values: [] },
      /^"sensitivity.values" expected a list of 1 to 65536 finite numbers/,
    ],
    [
      "weights that are other ones",
      { distribution: "discrete", values: [1, 2], weights: [1] },
      /^"sensitivity.weights" expected 2 numbers/,
    ],
    [
      "weights of 0",
      { distribution: "discrete", values: [1, 2], weights: [0, 0] },
      /^"sensitivity.weights" expected numbers with a finite sum above 0/,
    ],
    [
      "draws beyond the range",
      { distribution: "normal", mean: 0.1, stddev: 0.05 },
      /^"sensitivity" expected a distribution within \[0, 1000\], so that no draw is -0.3/,
    ],
    ["NaN", { distribution: "uniform", min: NaN, max: 1 }, /^"sensitivity.min" expected a number in/],
  ])("%s", async (_, sensitivity, ...told) => {
    const errors = await errorsOf({ sensitivity });
    expect(errors).toEqual(told.map((each) => (typeof each === "string" ? each : expect.stringMatching(each))));
  });

  test("steps that are none, and distributions of what all users share", async () => {
    expect(await errorsOf({ timeBudget: { distribution: "uniform", min: 0, max: 9 } })).toEqual([
      expect.stringMatching(/^"timeBudget" expected a distribution within \[1, 65536\], so that no draw is 0/),
    ]);
    expect(await errorsOf({ slateSize: { distribution: "uniform", min: 1, max: 3 } })).toEqual([
      expect.stringMatching(/^"slateSize" expected an integer in \[1, 32\]/),
    ]);
    const steep = { memoryDiscount: { distribution: "uniform", min: 0, max: 0.999 }, sensitivity: 1 };
    expect(await errorsOf(steep)).toEqual([expect.stringMatching(/^"sensitivity" expected at most 0\.4/)]);
  });

  test("tables whose rows differ in what they have, or have what is none", async () => {
    expect(await errorsOf({ users: [] })).toEqual([expect.stringMatching(/^"users" expected null, a list of 1 to/)]);
    expect(await errorsOf({ users: "all" })).toEqual([expect.stringMatching(/^"users" expected null, a list of 1 to/)]);
    expect(await errorsOf({ users: [{}] })).toEqual([
      expect.stringMatching(/^"users\[0\]" expected an object with some of/),
    ]);
    expect(
      await errorsOf({ users: [{ sensitivity: 0.1 }, { sensitivity: "x", timeBudget: 3 }, { sensitvity: 1 }, 7] }),
    ).toEqual([
      '"users[1].sensitivity" expected a number in [0, 1000], got "x"',
      '"users[1].timeBudget" expected nothing, as users[0] has none, got 3',
      'users[2]: "sensitvity" is not a parameter of a user (did you mean "sensitivity"?)',
      '"users[2].sensitivity" expected a number in [0, 1000], got undefined',
      '"users[3]" expected an object, got 7',
    ]);
    expect(await errorsOf({ users: Array.from({ length: 1000 }, () => ({ timeBudget: 0 })) })).toHaveLength(20);
  });

  test("columns of other lengths, of other numbers, and a parameter that is there twice", async () => {
    const columns = { sensitivity: Float64Array.of(0.1, 2000), timeBudget: [1] };
    expect(await errorsOf({ users: { columns } })).toEqual([
      '"users[1].sensitivity" expected a number in [0, 1000], got 2000',
      expect.stringMatching(/^"users.columns.timeBudget" expected 2 numbers, as the first column has, got/),
    ]);
    expect(await errorsOf({ users: { columns: {} } })).toHaveLength(1);
    const twice = { sensitivity: { distribution: "uniform", min: 0, max: 1 }, users: [{ sensitivity: 1 }] };
    expect(await errorsOf(twice)).toEqual([
      expect.stringMatching(/^"sensitivity" expected a number, as users have a column of it, got /),
    ]);
  });
});
