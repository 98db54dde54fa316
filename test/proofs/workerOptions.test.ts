// What workers are told, when they begin, and what is told of them: in Node alone, as pages start them slowly.
import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { compare, longTermSatisfaction, policies, simulate, type RunOptions } from "../../src/index.js";
import { timeUniform } from "../support/textbook.js";

const world = longTermSatisfaction();
const first = policies.first();
const cores = availableParallelism();
const BLOCK = 4096;
type Told = [done: number, expected: number];

describe("with workers", () => {
  test("nothing is lost on the way: the estimator, the seed, the steps and policies with numbers of two digits", async () => {
    const wide = longTermSatisfaction({ slateSize: 12, numCandidates: 15, noClickLogit: 1 });
    const options = { users: 16_385, steps: 2, seed: "told", firstUser: 3, estimator: "expected" } as const;
    const rivals = [policies.mix(10), policies.mix(1), policies.leastEducational()];
    const { timing: _, ...alone } = await compare(wide, rivals, options);
    const { timing, ...shared } = await compare(wide, rivals, { ...options, workers: 2 });
    expect(timing.workers).toBe(2);
    expect(shared).toEqual(alone);
    expect(new Set(alone.policies.map(({ digest }) => digest)).size).toBe(3);
    expect(alone.policies[0]!.metrics.varianceRatio).toBeGreaterThan(1);
  });

  test.runIf(cores > 1)(
    "auto begins them, from eight million user-steps of all policies on, sooner where steps are slow",
    async () => {
      const precision = { halfWidth: 1e9 }; // ends it with the first block
      const auto = { seed: 1, precision, workers: "auto" } as const;
      const threads = async (options: RunOptions): Promise<number> =>
        (await simulate(world, first, { ...auto, ...options })).timing.workers;
      expect(await threads({ steps: 1, maxUsers: 7_999_999 })).toBe(1);
      expect(await threads({ steps: 1, maxUsers: 8_000_000 })).toBe(2);
      expect(await threads({ steps: 60, maxUsers: 16_384 })).toBe(1);
      expect(await threads({ steps: 60, maxUsers: 200_000 })).toBe(Math.min(cores, 3));
      const rivals = [first, policies.random()];
      const compared = await compare(world, rivals, { ...auto, steps: 1, maxUsers: 4_000_000 });
      expect(compared.timing.workers).toBe(2);
      expect(await threads({ steps: 1, maxUsers: 133_333, engine: "reference" })).toBe(1);
      expect(await threads({ steps: 1, maxUsers: 133_334, engine: "reference" })).toBe(2);
    },
  );

  test.each([200_000, 20_000])(
    "onProgress is told how many users the precision will take, at most %d",
    async (maxUsers) => {
      const told: Told[] = [];
      const [firstUser, precision] = [500, { halfWidth: 0.5 }];
      const options = { seed: 9, steps: 5, firstUser };
      const onProgress = (...now: Told): void => void told.push(now);
      const run = await simulate(world, first, { ...options, precision, maxUsers, workers: 2, onProgress });
      const blocks = Math.floor(Math.min(run.users, maxUsers - 1) / BLOCK);
      const wanted: Told[] = [];
      for (let users = BLOCK; users <= blocks * BLOCK; users += BLOCK) {
        const { metrics } = await simulate(world, first, { ...options, users });
        const half = timeUniform(Math.sqrt(metrics.totalEngagement.variance), users, 0.05);
        const needed = Math.min(maxUsers, Math.ceil(users * (half / precision.halfWidth) ** 2));
        if (half > precision.halfWidth) wanted.push([users, Math.max(users, needed)]);
      }
      expect(wanted.length).toBeGreaterThan(1);
      if (run.users === maxUsers) wanted.push([maxUsers, maxUsers]); // the last block, and the end
      expect(told).toEqual([...wanted, [run.users, run.users]]);
    },
  );
});
