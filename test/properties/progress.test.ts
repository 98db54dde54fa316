// What precisions promise and what onProgress is told, against formulas that are worked out apart.
import { describe, expect, test } from "vitest";
import {
  compare,
  longTermSatisfaction,
  policies,
  simulate,
  type BatchPolicy,
  type BlockStore,
  type StoredStudy,
} from "../../src/index.js";
import { timeUniform } from "../support/textbook.js";

const world = longTermSatisfaction();
const BLOCK = 4096;
type Told = [done: number, expected: number];

describe("the intervals of a precision", () => {
  const rivals = [policies.mix(0), policies.mix(2), policies.mix(3)];
  const options = { seed: 2, steps: 3, maxUsers: BLOCK };

  test("share out the chance to err among all pairs", async () => {
    const { precision, pairs } = await compare(world, rivals, { ...options, precision: { halfWidth: 1e-6 } });
    expect(precision!.met).toBe(false);
    const wanted = pairs.map(({ a, b, difference: { mean, standardError } }) => {
      const half = timeUniform(standardError * Math.sqrt(BLOCK), BLOCK, 0.05 / 3);
      const ends = [mean - half, mean + half].map((end) => expect.closeTo(end, 9));
      return { of: `${b} against ${a}`, halfWidth: expect.closeTo(half, 9), ci95: ends };
    });
    expect(precision!.intervals).toEqual(wanted);
    expect(new Set(pairs.map(({ difference }) => difference.mean)).size).toBe(3);
    const widths = precision!.intervals.map((each) => each.halfWidth).toSorted((a, b) => a - b);
    for (const [width, met] of [
      [widths[1]!, false],
      [widths[2]!, true],
    ] as const) {
      const told = (await compare(world, rivals, { ...options, precision: { halfWidth: width } })).precision!;
      expect(told.met).toBe(met);
    }
  });

  test("of the means are those of the policies, in their order; of one pair, that pair's alone", async () => {
    const means = await compare(world, rivals, { ...options, precision: { halfWidth: 1e-6, of: "totalEngagement" } });
    const wanted = means.policies.map(({ metrics: { totalEngagement } }) => {
      const { mean, variance } = totalEngagement;
      const half = timeUniform(Math.sqrt(variance), BLOCK, 0.05 / 3);
      const ends = [mean - half, mean + half].map((end) => expect.closeTo(end, 9));
      return { of: "totalEngagement", halfWidth: expect.closeTo(half, 9), ci95: ends };
    });
    expect(means.precision!.intervals).toEqual(wanted);
    for (const of of [
      ["mix(0)", "mix(3)"],
      ["mix(3)", "mix(0)"],
    ] as const) {
      const { precision, pairs } = await compare(world, rivals, { ...options, precision: { halfWidth: 1e-6, of } });
      const { mean, standardError } = pairs[1]!.difference;
      const half = timeUniform(standardError * Math.sqrt(BLOCK), BLOCK, 0.05);
      expect(precision!.intervals).toEqual([
        {
          of: "mix(3) against mix(0)",
          halfWidth: expect.closeTo(half, 9),
          ci95: [mean - half, mean + half].map((end) => expect.closeTo(end, 9)),
        },
      ]);
    }
  });

  test("of a pair are relative to the mean of its first", async () => {
    const [small, large] = [policies.mix(3), policies.mix(0)];
    const { policies: both, pairs } = await compare(world, [small, large], { seed: 2, steps: 3, users: BLOCK });
    const means = both.map(({ metrics }) => metrics.totalEngagement.mean);
    const half = timeUniform(pairs[0]!.difference.standardError * Math.sqrt(BLOCK), BLOCK, 0.05);
    expect(means[1]! / means[0]!).toBeGreaterThan(1.05);
    const relative = half / Math.sqrt(means[0]! * means[1]!); // enough for the larger mean, not for the smaller
    const met = async (rivalsIn: typeof rivals): Promise<boolean> =>
      (await compare(world, rivalsIn, { ...options, precision: { relative } })).precision!.met;
    expect(await met([large, small])).toBe(true);
    expect(await met([small, large])).toBe(false);
  });

  test("are unknown below a whole block, and never narrow enough", async () => {
    const precision = { halfWidth: 1e9 };
    const run = await simulate(world, policies.first(), { seed: 1, steps: 1, precision, maxUsers: BLOCK - 1 });
    expect(run.users).toBe(BLOCK - 1);
    const { method: _, ...report } = run.precision!;
    const unknown = { of: "totalEngagement", halfWidth: NaN, ci95: [NaN, NaN] };
    expect(report).toEqual({ halfWidth: 1e9, met: false, intervals: [unknown] });
    const whole = await simulate(world, policies.first(), { seed: 1, steps: 1, precision, maxUsers: BLOCK });
    expect(whole.precision!.met).toBe(true);
    expect(whole.precision).not.toHaveProperty("relative");
  });
});

describe("onProgress", () => {
  const first = policies.first();

  /** Takes its time for every part of a block. */
  const slow: BatchPolicy = {
    name: "slow",
    fillSlates: ({ user }, slates) => {
      for (const begun = performance.now(); performance.now() - begun < 60;);
      slates.forEach((_, at) => (slates[at] = at % (slates.length / user.length)));
    },
  };

  test("counts users from the first on, part by part, and of two policies the half", async () => {
    for (const rivals of [[slow], [slow, { ...slow, name: "slower" }]]) {
      const told: Told[] = [];
      const options = { seed: 1, steps: 1, users: 2500, firstUser: 90_000 };
      const onProgress = (...now: Told): void => void told.push(now);
      if (rivals.length === 1) await simulate(world, slow, { ...options, onProgress });
      else await compare(world, rivals, { ...options, onProgress });
      const parts = rivals.length === 1 ? [1024, 2048] : [512, 1024, 1250, 1762, 2274];
      expect(told).toEqual([...parts, 2500, 2500].map((done) => [done, 2500]));
    }
  });

  test("counts users that a store had kept", async () => {
    const kept = new Map<number, NonNullable<Awaited<ReturnType<StoredStudy["read"]>>>>();
    const study: StoredStudy = {
      read: ({ firstUser }) => {
        for (const begun = performance.now(); kept.size > 2 && performance.now() - begun < 60;);
        return kept.get(firstUser);
      },
      write: ({ firstUser }, blocks) => void kept.set(firstUser, blocks),
      close: () => {},
    };
    const store: BlockStore = { open: () => study };
    const options = { seed: 1, steps: 1, users: 40_000, firstUser: 7, store };
    await simulate(world, first, options);
    const told: Told[] = [];
    await simulate(world, first, { ...options, onProgress: (...now) => void told.push(now) });
    expect(told).toEqual([16_384, 32_768, 40_000, 40_000].map((done) => [done, 40_000]));
  });
});
