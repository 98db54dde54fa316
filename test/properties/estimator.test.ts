import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import {
  agentPolicy,
  agents,
  compare,
  longTermSatisfaction,
  mergeRuns,
  policies,
  scenarios,
  simulate,
  type BatchPolicy,
  type Estimator,
  type Run,
} from "../../src/index.js";
import { worldsWithPolicies, seeds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const seed = inject("fastCheckSeed");

/** The same slates as the built-in policy `first`. */
const inOrder: BatchPolicy = {
  name: "in order",
  fillSlates: ({ user }, slates) => slates.forEach((_, at) => (slates[at] = at % (slates.length / user.length))),
};

function part(firstUser: number, users: number, estimator: Estimator): Promise<Run> {
  return simulate(longTermSatisfaction(), policies.first(), { firstUser, users, steps: 3, seed: 1, estimator });
}

describe('the estimator "expected"', () => {
  test("has the same episodes, and reports what was drawn as well", async () => {
    const property = fc.asyncProperty(worldsWithPolicies, seeds, async ({ world, policy }, runSeed) => {
      const options = { users: 40, seed: runSeed };
      const sampled = await simulate(world, policy, options);
      const expected = await simulate(world, policy, { ...options, estimator: "expected" });
      expect(expected.digest).toBe(sampled.digest);
      expect(expected.metrics.sampledTotalReward).toEqual(sampled.metrics.totalEngagement);
      expect(expected.metrics.perStep).toEqual(sampled.metrics.perStep);
    });
    await fc.assert(property, { seed, numRuns: 30 });
  });

  test.each(Object.entries(scenarios))("has the same mean with less variance: %s", async (_, world) => {
    for (const policy of [policies.random(), policies.mix(1), policies.mostEducational()]) {
      const { metrics, estimator } = await simulate(world, policy, { users: 40_000, seed: 11, estimator: "expected" });
      const { totalEngagement, sampledTotalReward, varianceRatio } = metrics;
      expect(estimator).toBe("expected");
      // Both come from the same episodes: the error of their difference is at most the sum of their errors.
      const error = totalEngagement.standardError + sampledTotalReward!.standardError;
      expect(Math.abs(totalEngagement.mean - sampledTotalReward!.mean)).toBeLessThan(4 * error);
      expect(varianceRatio).toBeCloseTo(sampledTotalReward!.variance / totalEngagement.variance, 9);
      expect(varianceRatio).toBeGreaterThan(1.2);
    }
  });

  test("is the mean over draws for a user whose state and slate stand still", async () => {
    const documents = [0.2, 0.5, 0.9].map((educativeness) => ({ educativeness, clusterId: 0 }));
    const still = { sensitivity: 0, noClickLogit: 0.4, timeBudget: 1, documents, slateSize: 3 };
    const { metrics } = await simulate(longTermSatisfaction(still), policies.first(), {
      users: 9,
      seed: 1,
      estimator: "expected",
    });
    const weights = documents.map(({ educativeness }) => Math.exp(1 - educativeness));
    const means = documents.map(({ educativeness: k }) => Math.exp(0.5 * (4 * k + 5 * (1 - k)) + 0.5));
    const total = weights.reduce((sum, weight) => sum + weight, Math.exp(0.4));
    const mean = weights.reduce((sum, weight, slot) => sum + weight * means[slot]!, 0) / total;
    expect(metrics.totalEngagement.mean).toBeCloseTo(mean, 11);
    expect(metrics.totalEngagement.variance).toBe(0);
  });

  test("is the same bits for policies in TypeScript that fill the same slates", async () => {
    const world = longTermSatisfaction({ noClickLogit: 0.5, sensitivity: 0.1 });
    const options = { users: 300, seed: 3, estimator: "expected" } as const;
    const { metrics } = await simulate(world, policies.first(), options);
    const byBatch = await simulate(world, inOrder, options);
    const byAgent = await simulate(world, agentPolicy("first", agents.first()), options);
    expect(byBatch.metrics).toEqual(metrics);
    expect(byAgent.metrics).toEqual(metrics);
  });

  test("narrows paired differences too", async () => {
    const rivals = [policies.mix(2), policies.mix(3)];
    const options = { users: 8000, seed: 3 };
    const world = scenarios["lts-tradeoff"]!;
    const [sampled] = (await compare(world, rivals, options)).pairs;
    const [expected] = (await compare(world, rivals, { ...options, estimator: "expected" })).pairs;
    expect(expected!.difference.standardError).toBeLessThan(0.8 * sampled!.difference.standardError);
    const apart = Math.abs(expected!.difference.mean - sampled!.difference.mean);
    expect(apart).toBeLessThan(4 * (expected!.difference.standardError + sampled!.difference.standardError));
  });

  test("merges with its like only", async () => {
    const whole = await part(0, 8192, "expected");
    const halves = [await part(0, 4096, "expected"), await part(4096, 4096, "expected")] as const;
    expect(mergeRuns(...halves).metrics).toEqual(whole.metrics);
    const sampled = await part(4096, 4096, "sampled");
    expect(await mistakesOf(() => mergeRuns(halves[0], sampled))).toEqual([
      '"estimator" expected "expected" in both runs, got undefined',
    ]);
  });

  test("is refused by name, and in custom worlds without an expected reward", async () => {
    const wrong = { users: 1, seed: 1, estimator: "expcted" as "expected" };
    expect(await mistakesOf(() => simulate(longTermSatisfaction(), policies.first(), wrong))).toEqual([
      '"estimator" expected one of "sampled", "expected", "controlled", got "expcted" (did you mean "expected"?)',
    ]);
    const own = { users: 1, steps: 1, seed: 1, estimator: "expected" } as const;
    expect(await mistakesOf(() => simulate(filmWorld(), policies.first(), own))).toEqual([
      '"estimator" expected "sampled", as the world has no users.expectedReward, got "expected"',
    ]);
  });
});
