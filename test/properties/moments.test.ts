import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  choiceModels,
  compare,
  defineWorld,
  longTermSatisfaction,
  mergeRuns,
  policies,
  simulate,
  spaces,
  trace,
  type BatchPolicy,
  type Engine,
} from "../../src/index.js";
import { addValue, noValues } from "../../src/statistics/blockSums.js";
import { ExactMoments, type PivotSums } from "../../src/numeric/exactMoments.js";
import { exactClusteredError, exactMean, exactVariance } from "../support/exactMoments.js";

/** Relative, also for numbers that are large beside their differences. */
const TOLERANCE = 1e-9;

function expectClose(actual: number, wanted: number): void {
  expect(Math.abs(actual - wanted), `${actual} for ${wanted}`).toBeLessThanOrEqual(TOLERANCE * Math.abs(wanted));
}

function sumsOf(xs: readonly number[]): PivotSums {
  const sums = noValues();
  for (const x of xs) addValue(sums, x);
  return sums;
}

function momentsOf(...blocks: readonly (readonly number[])[]): ExactMoments {
  const moments = new ExactMoments();
  for (const block of blocks) moments.addSums(sumsOf(block));
  return moments;
}

describe("moments", () => {
  const offset = fc.constantFrom(0, 0.1, 1e-30, 1e7, -1e8, 1e9, 1e15, 1e100);
  const scale = fc.constantFrom(1, 1e-9, 1e-5, 1e3, 1e20, 1e60);
  const unit = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1, -1));
  const blocks = fc.array(fc.array(unit, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 6 });

  test("are those of the textbook, wherever the numbers lie and however they are cut into blocks", () => {
    fc.assert(
      fc.property(blocks, offset, scale, (units, base, size) => {
        const values = units.map((block) => block.map((x) => base + size * x));
        const all = values.flat();
        const moments = momentsOf(...values);
        expect(moments.count).toBe(all.length);
        expect(Math.abs(moments.mean() - exactMean(all))).toBeLessThanOrEqual(
          1e-15 * Math.max(Math.abs(exactMean(all)), ...all.map((x) => Math.abs(x - all[0]!))),
        );
        if (all.length > 1) expectClose(moments.variance(), exactVariance(all));
      }),
      { numRuns: 1000 },
    );
  });

  test("know neither order nor grouping", () => {
    fc.assert(
      fc.property(blocks, offset, fc.nat(6), (units, base, at) => {
        const values = units.map((block) => block.map((x) => base + x));
        const joined = momentsOf(...values.slice(at).toReversed());
        joined.mergeMoments(momentsOf(...values.slice(0, at)));
        const whole = momentsOf(...values);
        expect([joined.mean(), joined.variance()]).toEqual([whole.mean(), whole.variance()]);
      }),
    );
  });

  test("of equal numbers are that number, and no variance", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e100, max: 1e100, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        (x, counts) => {
          const moments = momentsOf(...counts.map((count) => Array.from({ length: count }, () => x)));
          expect(moments.mean()).toBe(x + 0);
          expect(moments.variance()).toBe(moments.count > 1 ? 0 : NaN);
        },
      ),
    );
  });

  test("are NaN where too little was seen", () => {
    expect(new ExactMoments().mean()).toBeNaN();
    expect(new ExactMoments().variance()).toBeNaN();
    expect(momentsOf([1]).variance()).toBeNaN();
  });

  test("vanish with differences whose squares do", () => {
    expect(momentsOf([1e-200, 2e-200, 4e-200]).variance()).toBe(0);
    expect(momentsOf([5e-324, 1e-323], [5e-324]).variance()).toBe(0);
  });
});

/** Users without a state, to whom all documents are the same. */
const indifferent = {
  space: new spaces.Discrete(1),
  sample: () => 0,
  observe: () => 0,
  scoreDocument: () => 0,
  transition: () => 0,
};

/** Says what every step of every user brought; the reward is that offset plus a standard normal. */
function offsetWorld(offset: number, heard: number[]) {
  return defineWorld({
    name: "offset",
    slateSize: 1,
    numCandidates: 2,
    timeBudget: 1,
    documents: { space: new spaces.Box({ low: 0, high: 1 }), sample: (draws) => draws.uniform() },
    users: indifferent,
    choice: choiceModels.multinomialLogit(),
    responses: {
      space: new spaces.Box({ low: -Infinity, high: Infinity }),
      respond: (_state, quality, _clicked, draws) => offset + (draws.normal() + quality),
    },
    reward: ([response]) => {
      heard.push(response!);
      return response!;
    },
  });
}

/** The second candidate alone. */
const second: BatchPolicy<readonly unknown[]> = { name: "second", fillSlates: (_, slates) => void slates.fill(1) };

describe.each([0, 1e7, 1e8, 1e9, -1e12])("rewards about %d", (offset) => {
  test("have the variance of the numbers themselves, in totals and series, also merged", async () => {
    const heard: number[] = [];
    const world = offsetWorld(offset, heard);
    const options = { seed: 3, users: 9_000 };
    const { metrics } = await simulate(world, policies.first(), options);
    const variance = exactVariance(heard);
    expectClose(metrics.totalReward.variance, variance);
    expectClose(metrics.totalReward.standardError, Math.sqrt(variance / 9_000));
    expectClose(metrics.perStep.reward.standardError[0]!, Math.sqrt(variance / 9_000));
    const parts = [
      await simulate(world, policies.first(), { seed: 3, users: 4096 }),
      await simulate(world, policies.first(), { seed: 3, users: 4904, firstUser: 4096 }),
    ] as const;
    expect(mergeRuns(...parts).metrics).toEqual(metrics);
  });

  test("have that of their differences in pairs", async () => {
    const heard: number[] = [];
    const users = 600; // in one block, policy after policy
    const { pairs } = await compare(offsetWorld(offset, heard), [policies.first(), second], { seed: 4, users });
    const differences = Array.from({ length: users }, (_, user) => heard[users + user]! - heard[user]!);
    expectClose(pairs[0]!.difference.standardError, Math.sqrt(exactVariance(differences) / users));
  });

  test("end no run before its interval is narrow enough", async () => {
    const precision = { halfWidth: 1e-4 };
    const run = await simulate(offsetWorld(offset, []), policies.first(), { seed: 5, precision, maxUsers: 8192 });
    expect(run.precision!.met).toBe(false);
    expect(run.precision!.intervals[0]!.halfWidth).toBeGreaterThan(0.01);
  });
});

const ENGINES: readonly Engine[] = ["kernel", "reference"];

describe.each(ENGINES)("in the %s engine", (engine) => {
  test("engagement that hardly varies varies", async () => {
    const engagement = { memeEngagementLogMean: 80, educationalEngagementLogMean: 80 };
    const spread = { memeEngagementLogStddev: 1e-9, educationalEngagementLogStddev: 1e-9 };
    const world = longTermSatisfaction({ ...engagement, ...spread, sensitivity: 0, timeBudget: 3 });
    const options = { seed: 6, users: 200 };
    const { metrics } = await simulate(world, policies.random(), { ...options, engine });
    const lives = Array.from({ length: options.users }, (_, user) =>
      trace(world, policies.random(), { seed: 6, user }),
    );
    const totals = lives.map(({ steps }) => steps.reduce((sum, step) => sum + step.engagement, 0));
    expectClose(metrics.totalEngagement.variance, exactVariance(totals));
    expect(metrics.totalEngagement.variance).toBeGreaterThan(0);
    metrics.perStep.engagement.standardError.forEach((error, step) => {
      const engaged = lives.map(({ steps }) => steps[step]!.engagement);
      expectClose(error, Math.sqrt(exactVariance(engaged) / options.users));
    });
  });

  test.each([-Infinity, 0.5])(
    "clicks on documents that hardly differ differ, with a no-click logit of %d",
    async (logit) => {
      const documents = Array.from({ length: 6 }, (_, i) => ({ educativeness: 0.3 + i * 1e-9, clusterId: 0 }));
      const world = longTermSatisfaction({ documents, noClickLogit: logit, timeBudget: 7 });
      const options = { seed: 7, users: 150 };
      const { metrics } = await simulate(world, policies.random(), { ...options, engine });
      const clicks = Array.from({ length: options.users }, (_, user) => {
        const { steps } = trace(world, policies.random(), { seed: 7, user });
        const clicking = steps.filter(({ choice, slate }) => choice < slate.length);
        return clicking.map(({ candidates, slate, choice }) => candidates[slate[choice]!]!.educativeness);
      });
      const { mean, variance, standardError } = metrics.clickedEducativeness;
      expect(Math.abs(mean - exactMean(clicks.flat()))).toBeLessThan(1e-16);
      expectClose(variance, exactVariance(clicks.flat()));
      expectClose(standardError, exactClusteredError(clicks));
    },
  );

  test("what is constant has no variance and lies at its own value", async () => {
    const spread = { memeEngagementLogStddev: 0, educationalEngagementLogStddev: 0 };
    const documents = Array.from({ length: 3 }, () => ({ educativeness: 0.1, clusterId: 0 }));
    const world = longTermSatisfaction({ documents, ...spread, sensitivity: 0, timeBudget: 5 });
    for (const users of [2, 77, 5000]) {
      const { metrics } = await simulate(world, policies.first(), { seed: 8, users, engine });
      const { totalEngagement, clickedEducativeness, perStep } = metrics;
      for (const { mean, variance, standardError, min, max } of [totalEngagement, clickedEducativeness]) {
        expect([variance, standardError, mean, mean]).toEqual([0, 0, min, max]);
      }
      expect(clickedEducativeness.mean).toBe(0.1);
      expect(perStep.engagement.standardError).toEqual([0, 0, 0, 0, 0]);
      expect(new Set(perStep.engagement.mean).size).toBe(1);
    }
  });
});

test("a constant reward of 0.1 has a mean of 0.1 and no error at any number of users", async () => {
  const world = defineWorld({
    name: "constant",
    slateSize: 1,
    numCandidates: 1,
    timeBudget: 3,
    documents: { space: new spaces.Discrete(1), sample: () => 0 },
    users: indifferent,
    choice: choiceModels.multinomialLogit(),
    responses: { space: new spaces.Discrete(1), respond: () => 0 },
    reward: () => 0.1,
  });
  for (const users of [2, 3, 10, 198, 4097]) {
    const { metrics } = await simulate(world, policies.first(), { users, seed: 1 });
    expect(metrics.perStep.reward).toEqual({ mean: [0.1, 0.1, 0.1], standardError: [0, 0, 0] });
    const { mean, variance, min, max } = metrics.totalReward;
    expect(new Set(Object.values(metrics.totalRewardDistribution.quantiles))).toEqual(new Set([min]));
    expect([mean, variance, min]).toEqual([0.1 + 0.1 + 0.1, 0, max]);
  }
});
