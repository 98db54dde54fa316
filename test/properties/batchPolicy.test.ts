import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  longTermSatisfaction,
  makeBatchEnv,
  policies,
  scenarios,
  simulate,
  type BatchPolicy,
  type LtsBatchObservation,
  type Run,
} from "../../src/index.js";
import { ESTIMATORS } from "../../src/statistics/estimator.js";
import { curious, seeds, users, worlds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";

const world = scenarios["lts-tradeoff"]!;

/** All that a run says of what was lived. */
function lived({ timing: _timing, engine: _engine, policy: _policy, ...rest }: Run): object {
  return rest;
}

/** The built-in policy "first" in TypeScript. */
const first: BatchPolicy<LtsBatchObservation> = {
  name: "first positions",
  fillSlates: ({ user }, slates) => {
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = at % slateSize;
  },
};

/** The built-in policy "most-educational" in TypeScript. */
const mostEducational: BatchPolicy<LtsBatchObservation> = {
  name: "by hand",
  fillSlates: ({ user, observation: { educativeness } }, slates) => {
    const slateSize = slates.length / user.length;
    const positions = educativeness.map((_, position) => position);
    for (let lane = 0; lane < user.length; lane++) {
      const k = educativeness.map((row) => row[lane]!);
      const falling = positions.toSorted((a, b) => k[b]! - k[a]! || a - b);
      slates.set(falling.slice(0, slateSize), lane * slateSize);
    }
  },
};

/** A copy of all that is shown, as plain lists. */
function plain({ educativeness, clusterId, satisfaction, choice, engagement }: LtsBatchObservation): unknown {
  return [...educativeness, ...clusterId, satisfaction, choice, engagement].map((row) => Array.from(row));
}

/** Shows the first positions, and at step 4 that position in that place. */
function spoiling(at: number, position: number): BatchPolicy<LtsBatchObservation> {
  return {
    name: "spoiling",
    fillSlates: (view, slates, propensities) => {
      first.fillSlates(view, slates, propensities);
      if (view.step === 4) slates[at] = position;
    },
  };
}

describe("a batch policy", () => {
  const pairs = [
    [first, policies.first()],
    [mostEducational, policies.mostEducational()],
  ] as const;

  test.each(pairs)("that does the same as a built-in one has the same runs: %o", async (own, builtIn) => {
    const extent = fc.record({ firstUser: users, count: fc.integer({ min: 1, max: 200 }), steps: fc.nat() });
    await fc.assert(
      fc.asyncProperty(worlds, seeds, extent, async (any, seed, { firstUser, count, steps }) => {
        const options = {
          seed,
          users: count,
          firstUser: Math.min(firstUser, 2 ** 32 - count),
          steps: 1 + (steps % any.timeBudget),
        };
        expect(lived(await simulate(any, own, options))).toEqual(lived(await simulate(any, builtIn, options)));
      }),
      { numRuns: 40 },
    );
    const many = { users: 4096 + 1500, seed: 1, steps: 7 };
    const run = await simulate(world, own, many);
    expect(lived(run)).toEqual(lived(await simulate(world, builtIn, many)));
    expect([run.engine, run.policy]).toEqual(["kernel", own.name]);
  });

  test("is shown what a batch environment shows, step by step", async () => {
    const seen: unknown[] = [];
    const watching: BatchPolicy<LtsBatchObservation> = {
      name: "watching",
      fillSlates: (view, slates, propensities) => {
        seen.push([[...view.user], view.step, plain(view.observation)]);
        first.fillSlates(view, slates, propensities);
      },
    };
    await simulate(world, watching, { users: 5, firstUser: 7, seed: 2, steps: 3 });
    const batch = await makeBatchEnv(world, { users: 5, user: 7, seed: 2 });
    const slates = Int32Array.from({ length: 15 }, (_, i) => i % 3);
    expect(seen).toHaveLength(3);
    for (let step = 0; step < 3; step++) {
      const { observation } = step === 0 ? batch.reset() : batch.step(slates);
      expect(seen[step]).toEqual([[7, 8, 9, 10, 11], step, plain(observation)]);
    }
  });

  test("draws for each user alone", async () => {
    const dice: BatchPolicy<LtsBatchObservation> = {
      name: "dice",
      fillSlates: ({ user, draws }, slates) => {
        user.forEach((_, lane) => {
          const start = draws(lane).integer(8);
          slates.set([start, start + 1, start + 2], 3 * lane);
        });
      },
    };
    const digestOf = async (firstUser: number, count: number): Promise<bigint> =>
      BigInt(`0x${(await simulate(world, dice, { users: count, firstUser, seed: 3, steps: 5 })).digest}`);
    const parts = [await digestOf(40, 13), await digestOf(53, 1), await digestOf(54, 66)];
    expect(await digestOf(40, 80)).toBe(
      BigInt.asUintN(
        64,
        parts.reduce((sum, part) => sum + part),
      ),
    );
    expect(parts[1]).not.toBe(await digestOf(54, 1));
  });

  test("that throws is named with the step and the users, and what it threw", async () => {
    const broken: BatchPolicy<LtsBatchObservation> = {
      name: "broken",
      fillSlates: (view, slates, propensities) => {
        if (view.step === 2) throw new RangeError("no idea");
        first.fillSlates(view, slates, propensities);
      },
    };
    const run = simulate(world, broken, { users: 3, firstUser: 9, seed: 1 });
    await expect(run).rejects.toThrow('policy "broken" failed at step 2 for users 9 to 11: no idea');
    await expect(run).rejects.toHaveProperty("cause", new RangeError("no idea"));
  });

  test("that leaves illegal slates is named with user, step and slot", async () => {
    const options = { users: 90, firstUser: 100, seed: 1 };
    const mistakes = (policy: BatchPolicy<LtsBatchObservation>) => mistakesOf(() => simulate(world, policy, options));
    expect(await mistakes(spoiling(3 * 70 + 1, 10))).toEqual([
      'policy "spoiling" at step 4: "slates[user 170][slot 1]" expected an integer in [0, 9], got 10',
    ]);
    expect(await mistakes(spoiling(2, 0))).toEqual([
      'policy "spoiling" at step 4: "slates[user 100][slot 2]" expected a position that is not on the slate yet, got 0',
    ]);
    const idle: BatchPolicy<LtsBatchObservation> = { name: "idle", fillSlates: () => {} };
    expect((await mistakes(idle))[0]).toBe(
      'policy "idle" at step 0: "slates[user 100][slot 0]" expected an integer in [0, 9], got -1',
    );
  });

  test("without a name is refused", async () => {
    expect(await mistakesOf(() => simulate(world, { ...first, name: "" }, { users: 1, seed: 1 }))).toEqual([
      '"policy.name" expected a text that is not empty, got ""',
    ]);
  });

  test("has the same runs by both engines, which show it the same", async () => {
    const extent = fc.record({ firstUser: users, users: fc.integer({ min: 1, max: 60 }) });
    const estimators = fc.constantFrom(...ESTIMATORS.filter((estimator) => estimator !== "controlled"));
    await fc.assert(
      fc.asyncProperty(worlds, seeds, extent, estimators, async (any, seed, { users: count, firstUser }, estimator) => {
        const shown: unknown[] = [];
        const watching: BatchPolicy<LtsBatchObservation> = {
          name: "watching",
          fillSlates: (view, slates, propensities) => {
            shown.push([[...view.user], view.step, plain(view.observation)]);
            curious.fillSlates(view, slates, propensities);
          },
        };
        const options = { seed, estimator, users: count, firstUser: Math.min(firstUser, 2 ** 32 - count) };
        const kernel = await simulate(any, watching, options);
        const toKernel = shown.splice(0);
        const reference = await simulate(any, watching, { ...options, engine: "reference" });
        expect(shown).toEqual(toKernel);
        expect([kernel.engine, reference.engine]).toEqual(["kernel", "reference"]);
        expect(lived(reference)).toEqual(lived(kernel));
      }),
      { numRuns: 40 },
    );
  });
});

/** An agent that shows that slate, whatever it sees. */
function always(slate: readonly number[]) {
  return agentPolicy("always", () => ({ beginEpisode: () => slate, step: () => slate, endEpisode: () => {} }));
}

describe("an agent policy", () => {
  test("that shows the first positions has the runs of the policy first", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, seeds, users, async (any, seed, firstUser) => {
        const options = { seed, users: 5, firstUser: Math.min(firstUser, 2 ** 32 - 5) };
        const run = await simulate(any, always(Array.from({ length: any.slateSize }, (_, slot) => slot)), options);
        expect(run.engine).toBe("reference");
        expect(lived(run)).toEqual(lived(await simulate(any, policies.first(), options)));
      }),
      { numRuns: 30 },
    );
  });

  test("may show less than a full slate: what is not there is not clicked", async () => {
    const choosy = longTermSatisfaction({ noClickLogit: 0.5 });
    const { metrics } = await simulate(choosy, always([4]), { users: 40, seed: 1 });
    expect(metrics.clickPositions.slice(1)).toEqual([0, 0]);
    expect(metrics.clickPositions[0]! + metrics.noClicks).toBe(40 * 60);
    expect(Math.min(metrics.clickPositions[0]!, metrics.noClicks)).toBeGreaterThan(100);
  });

  test("makes an agent for each user, tells it where to draw, and ends its episode", async () => {
    const told: unknown[] = [];
    const watching = agentPolicy("watching", ({ actionSpace }, seed) => {
      const rewards: number[] = [];
      return {
        beginEpisode: () => [0, 1, 2],
        step: (reward: number) => {
          rewards.push(reward);
          return [0, 1, 2];
        },
        endEpisode: (reward: number) => {
          told.push([actionSpace.slateSize, seed, [...rewards, reward].reduce((sum, one) => sum + one, 0)]);
        },
      };
    });
    const { metrics } = await simulate(world, watching, { users: 1, firstUser: 6, seed: 3, steps: 4 });
    expect(told).toEqual([[3, { seed: "3", firstEpisode: 6 }, metrics.totalEngagement.mean]]);
  });

  test("whose agent throws or leaves the action space is named with user and step", async () => {
    const options = { users: 1, firstUser: 12, seed: 1 };
    expect(await mistakesOf(() => simulate(world, always([0, 10]), options))).toEqual([
      'policy "always" at step 0 for user 12: "slate[1]" expected an integer in [0, 9], got 10',
    ]);
    const broken = agentPolicy("broken", () => {
      throw new Error("no agent");
    });
    await expect(simulate(world, broken, options)).rejects.toThrow(
      'policy "broken" failed at step 0 for user 12: no agent',
    );
    expect(await mistakesOf(() => agentPolicy("", 3 as never))).toHaveLength(2);
    expect(await mistakesOf(() => simulate(world, always([0]), { ...options, engine: "kernel" }))).toHaveLength(1);
  });
});
