import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { compare, longTermSatisfaction, policies, simulate, type Precision } from "../../src/index.js";
import { ValueTotals } from "../../src/statistics/valueTotals.js";
import { StoppingRule, timeUniformHalfWidth, type PrecisionTarget } from "../../src/studies/stoppingRule.js";
import type { StudyTotals } from "../../src/studies/studyTotals.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";
import { timeUniform } from "../support/textbook.js";

const seed = inject("fastCheckSeed");
const world = longTermSatisfaction();
const first = policies.first();
const BLOCK = 4096;

/** The mean of those values, relative to itself. */
function targetOf(of: string, all: readonly number[]): PrecisionTarget {
  const values = new ValueTotals();
  for (const x of all) values.addSums({ count: 1, pivot: x, sum: 0, sumOfSquares: 0, min: x, max: x });
  return { of, values: () => values, scale: () => values };
}

describe("the time-uniform interval", () => {
  test("is that of the paper", () => {
    const property = fc.property(fc.integer({ min: 2, max: 1e9 }), fc.constantFrom(0.05, 0.005), (n, alpha) => {
      expect(timeUniformHalfWidth(3, n, alpha)).toBeCloseTo(timeUniform(3, n, alpha), 12);
    });
    fc.assert(property, { seed });
  });

  test("is wider than that for one look, and about twice as wide at most", () => {
    for (const n of [4096, 65_536, 1e6, 1e8]) {
      const factor = timeUniformHalfWidth(1, n, 0.05) / (1.959963984540054 / Math.sqrt(n));
      expect(factor).toBeGreaterThan(1.5);
      expect(factor).toBeLessThan(2.2);
    }
  });
});

describe("a precision target", () => {
  const options = { seed: 9, steps: 10 };

  test.each<[string, Precision]>([
    ["absolute", { halfWidth: 1.2 }],
    ["relative", { relative: 0.008 }],
  ])("ends a run at the first block border where it is met: %s", async (_, precision) => {
    const run = await simulate(world, first, { ...options, precision });
    const limit = precision.halfWidth ?? precision.relative! * run.metrics.totalEngagement.mean;
    const widthAfter = async (users: number): Promise<number> => {
      const { metrics } = await simulate(world, first, { ...options, users });
      return timeUniformHalfWidth(Math.sqrt(metrics.totalEngagement.variance), users, 0.05);
    };
    expect(run.users % BLOCK).toBe(0);
    expect(run.users).toBeGreaterThan(BLOCK);
    expect(await widthAfter(run.users)).toBeLessThanOrEqual(limit);
    for (let users = BLOCK; users < run.users; users += BLOCK) expect(await widthAfter(users)).toBeGreaterThan(limit);
    expect(run.precision).toMatchObject({ ...precision, met: true });
    const [interval] = run.precision!.intervals;
    expect(interval).toMatchObject({ of: "totalEngagement", halfWidth: await widthAfter(run.users) });
    const { timing: _a, precision: _p, ...whole } = run;
    const { timing: _b, ...fixed } = await simulate(world, first, { ...options, users: run.users });
    expect(whole).toEqual(fixed);
  });

  test("ends it there with any number of workers", async () => {
    const precision = { halfWidth: 0.6 };
    const { timing: _, ...alone } = await simulate(world, first, { ...options, precision });
    expect(alone.users).toBeGreaterThan(2 * 16_384);
    for (const workers of [2, 7]) {
      const { timing, ...shared } = await simulate(world, first, { ...options, precision, workers });
      expect(shared).toEqual(alone);
      expect(timing.workers).toBe(workers);
    }
  });

  test("is given up at maxUsers, and said to be", async () => {
    const run = await simulate(world, first, { ...options, precision: { relative: 1e-6 }, maxUsers: 5000 });
    expect(run).toMatchObject({ users: 5000, precision: { met: false } });
  });

  test("can be of every pair, of one, or of the means", async () => {
    const rivals = [policies.mix(1), policies.mix(2), policies.mix(3)];
    const of = async (precision: Precision) => (await compare(world, rivals, { ...options, precision })).precision!;
    const every = await of({ halfWidth: 1 });
    expect(every.intervals.map((interval) => interval.of)).toEqual([
      "mix(2) against mix(1)",
      "mix(3) against mix(1)",
      "mix(3) against mix(2)",
    ]);
    const one = await of({ halfWidth: 1, of: ["mix(3)", "mix(1)"] });
    expect(one.intervals.map((interval) => interval.of)).toEqual(["mix(3) against mix(1)"]);
    const means = await of({ halfWidth: 5, of: "totalEngagement" });
    expect(means.intervals).toHaveLength(3);
  });

  test("of every pair makes those significant only that its own intervals tell apart", async () => {
    const rivals = [policies.first(), policies.random()];
    const short = { seed: 2, steps: 2 };
    const fixed = await compare(world, rivals, { ...short, users: 5000 });
    expect(fixed.ranking).toMatchObject({ method: "Bonferroni", inconclusive: [] });
    const ruled = await compare(world, rivals, { ...short, precision: { halfWidth: 1e-9 }, maxUsers: 5000 });
    const [pair] = ruled.pairs;
    expect(pair!.difference.simultaneousCi95).toEqual(ruled.precision!.intervals[0]!.ci95);
    expect(pair!.difference.ci95).toEqual(fixed.pairs[0]!.difference.ci95);
    expect(pair!.significant).toBe(false);
    expect(ruled.ranking).toMatchObject({ method: "time-uniform", inconclusive: [{ a: "first", b: "random" }] });
    const mean = { halfWidth: 1e-9, of: "totalEngagement" } as const;
    const other = await compare(world, rivals, { ...short, precision: mean, maxUsers: 5000 });
    expect(other.pairs).toEqual(fixed.pairs);
  });

  test("can be of a custom world's return", async () => {
    const run = await simulate(filmWorld(), policies.random(), { seed: 1, steps: 2, precision: { halfWidth: 0.2 } });
    expect(run).toMatchObject({ users: BLOCK, precision: { met: true, intervals: [{ of: "totalReward" }] } });
  });

  test("looks no sooner than it may, and has no interval before", () => {
    const target = targetOf("exact", [1, 1]);
    for (const fewest of [256, BLOCK]) {
      const rule = new StoppingRule({ halfWidth: 1 }, [target], fewest);
      const [before, after] = [fewest - 1, fewest].map((users) => ({ users }) as StudyTotals);
      expect([rule.isMet(before!), rule.isMet(after!)]).toEqual([false, true]);
      expect(rule.report(before!).intervals[0]!.halfWidth).toBeNaN();
      expect(rule.report(after!).intervals[0]!.halfWidth).toBe(0);
      const [spread] = new StoppingRule({ halfWidth: 1 }, [targetOf("spread", [1, 3])], fewest).report(
        after!,
      ).intervals;
      expect(spread!.halfWidth).toBe(timeUniformHalfWidth(Math.sqrt(2), fewest, 0.05, fewest));
    }
  });

  test("foresees its end also beside a policy that brings nothing", () => {
    const [idle, busy] = [targetOf("idle", [0, 0]), targetOf("busy", [1, 2])];
    const totals = { users: 2 } as StudyTotals;
    const alone = new StoppingRule({ relative: 0.1 }, [busy, busy], BLOCK).usersNeeded(totals);
    expect(alone).toBeGreaterThan(2);
    expect(new StoppingRule({ relative: 0.1 }, [idle, busy], BLOCK).usersNeeded(totals)).toBe(alone);
    const costly = targetOf("costly", [-1, -2]);
    const many = { users: BLOCK } as StudyTotals;
    const needed = (...targets: PrecisionTarget[]): number =>
      new StoppingRule({ relative: 0.1 }, targets, BLOCK).usersNeeded(many);
    for (const calmer of [idle, targetOf("calm", [100, 101])]) {
      expect(needed(calmer, busy)).toBe(needed(busy, busy));
      expect(needed(busy, calmer)).toBe(needed(busy, busy));
    }
    expect(needed(idle)).toBe(0);
    expect(needed(costly)).toBe(needed(busy));
    expect(new StoppingRule({ relative: 0.1 }, [costly], BLOCK).isMet(many)).toBe(true);
  });

  test.each<[string, object, RegExp]>([
    ["no width", { precision: {} }, /^"precision" expected either halfWidth or relative, got /],
    [
      "two widths",
      { precision: { halfWidth: 1, relative: 0.1 } },
      /^"precision" expected either halfWidth or relative/,
    ],
    [
      "a width of nothing",
      { precision: { halfWidth: 0 } },
      /^"precision.halfWidth" expected a number in \(0, Infinity\), got 0$/,
    ],
    ["a share of all", { precision: { relative: 1 } }, /^"precision.relative" expected a number in \(0, 1\), got 1$/],
    ["an unknown field", { precision: { relative: 0.1, off: 1 } }, /^"off" is not a field of precision/],
    [
      "an unknown metric",
      { precision: { relative: 0.1, of: "clicks" } },
      /^"precision.of" expected "totalEngagement", got "clicks"$/,
    ],
    ["a number", { precision: 0.1 }, /^"precision" expected an object, got 0.1$/],
    ["users beside it", { precision: { relative: 0.1 }, users: 5 }, /^"users" expected nothing beside precision/],
    ["a bound without it", { users: 5, maxUsers: 5 }, /^"maxUsers" expected nothing without precision, got 5$/],
    [
      "half a user as bound",
      { precision: { relative: 0.1 }, maxUsers: 0.5 },
      /^"maxUsers" expected an integer in \[1, 4294967295\], got 0.5$/,
    ],
  ])("refuses %s", async (_, wrong, message) => {
    expect(await mistakesOf(() => simulate(world, first, { seed: 1, ...wrong }))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});
