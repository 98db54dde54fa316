import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeWorld, policies, scenarios, simulate, trace, type LtsTypes, type Trace } from "../../src/index.js";
import { UserDigest, digestText } from "../../src/statistics/userDigest.js";
import { policiesFor, seeds, users, worlds, worldsWithPolicies } from "../support/arbitraries.js";
import { foldStep } from "../support/ownWorlds.js";

/** The digest that this episode leaves in a run. */
function digestOf(episode: Trace<LtsTypes>): string {
  const digest = new UserDigest(episode.user);
  episode.steps.forEach(({ choice, engagement, exposure }, time) => {
    digest.foldReward(engagement, 0, 0);
    digest.foldState(exposure, choice, episode.parameters.timeBudget - time - 1);
  });
  return digestText(digest.value);
}

describe("an episode traced alone", () => {
  test("is the episode that the user has in a run", async () => {
    await fc.assert(
      fc.asyncProperty(worldsWithPolicies, seeds, users, async ({ world, policy }, seed, user) => {
        const episode = trace(world, policy, { user, seed });
        const run = await simulate(world, policy, { users: 1, firstUser: user, seed });
        const last = episode.steps.at(-1)!;
        expect(run.digest).toBe(digestOf(episode));
        expect(run.metrics.finalExposure.mean).toBe(last.exposure);
        expect(run.metrics.finalSatisfaction.mean).toBe(last.satisfaction);
        expect(run.metrics.totalEngagement.mean).toBe(episode.steps.reduce((sum, step) => sum + step.engagement, 0));
        expect(run.metrics.perStep.engagement.mean).toEqual(episode.steps.map((step) => step.engagement));
      }),
      { numRuns: 60 },
    );
  });

  test("is the episode of user 42 in the midst of many others", async () => {
    for (const [name, world] of Object.entries(scenarios)) {
      const rest = { firstUser: 43, users: 958, seed: "many" };
      const all = await simulate(world, policies.random(), { users: 1001, seed: "many" });
      const before = await simulate(world, policies.random(), { users: 42, seed: "many" });
      const after = await simulate(world, policies.random(), rest);
      const alone = digestOf(trace(world, policies.random(), { user: 42, seed: "many" }));
      const parts = [before.digest, alone, after.digest].map((digest) => BigInt(`0x${digest}`));
      const sum = BigInt.asUintN(
        64,
        parts.reduce((total, part) => total + part),
      );
      expect(digestText(sum), name).toBe(all.digest);
    }
  });
});

describe("the world's draws", () => {
  test("do not depend on the policy: documents, uniforms and normals are the same under all of them", () => {
    fc.assert(
      fc.property(worlds, seeds, users, (world, seed, user) => {
        const [first, ...others] = policiesFor(world.parameters.slateSize).map((policy) =>
          trace(world, policy, { user, seed }).steps.map(({ candidates, draws }) => ({ candidates, draws })),
        );
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });

  test("of one user do not depend on how many steps are simulated", () => {
    fc.assert(
      fc.property(worldsWithPolicies, seeds, users, ({ world, policy }, seed, user) => {
        const whole = trace(world, policy, { user, seed });
        const short = trace(world, policy, { user, seed, steps: 1 });
        expect(short.steps).toEqual(whole.steps.slice(0, 1));
      }),
      { numRuns: 30 },
    );
  });

  test("show the same corpus for an episode under episode, and to everybody under never", () => {
    const [first, ...later] = idsAndFeatures("episode", 5);
    for (const candidates of later) expect(candidates).toEqual(first);
    expect(idsAndFeatures("episode", 6)[0]).not.toEqual(first);
    expect(idsAndFeatures("never", 5)).toEqual(idsAndFeatures("never", 6));
    const [step0, step1] = idsAndFeatures("step", 5);
    expect(step0).not.toEqual(step1);
  });
});

function idsAndFeatures(resample: "step" | "episode" | "never", user: number): Trace["steps"][number]["candidates"][] {
  const world = makeWorld("lts", { resample });
  return trace(world, policies.first(), { user, seed: 1 }).steps.map((step) => step.candidates);
}

describe("a digest", () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  const step = fc.record({ choice: fc.nat(32), engagement: double, exposure: double });

  test("changes with one ulp of one engagement, wherever it is", () => {
    fc.assert(
      fc.property(users, fc.array(step, { minLength: 1, maxLength: 8 }), fc.nat(), (user, steps, where) => {
        const nudged = steps.map((one, index) =>
          index === where % steps.length ? { ...one, engagement: nextDouble(one.engagement) } : one,
        );
        expect(foldAll(user, nudged)).not.toBe(foldAll(user, steps));
      }),
    );
  });

  test("tells users, choices, exposures, budgets and the order of steps apart", () => {
    const one = { choice: 1, engagement: 2.5, exposure: -1 };
    const base = foldAll(3, [one, { ...one, choice: 0 }]);
    expect(foldAll(4, [one, { ...one, choice: 0 }])).not.toBe(base);
    expect(foldAll(3, [{ ...one, choice: 0 }, one])).not.toBe(base);
    expect(foldAll(3, [one, { ...one, choice: 0, exposure: nextDouble(-1) }])).not.toBe(base);
    expect(foldAll(3, [one, { ...one, choice: 0 }], 61)).not.toBe(base);
  });
});

function foldAll(user: number, steps: { choice: number; engagement: number; exposure: number }[], budget = 60): bigint {
  const digest = new UserDigest(user);
  steps.forEach(({ choice, engagement, exposure }, time) => {
    digest.foldReward(engagement, 0, 0);
    digest.foldState(exposure, choice, budget - time - 1);
  });
  return digest.value;
}

/** The double whose bits are one further. */
function nextDouble(x: number): number {
  const bits = new BigUint64Array(new Float64Array([x]).buffer);
  bits[0] = bits[0]! + 1n;
  return new Float64Array(bits.buffer)[0]!;
}

function customDigest(...steps: [number, number, number[]][]): bigint {
  const digest = new UserDigest(7);
  for (const [slot, reward, state] of steps) foldStep(digest, slot, reward, state);
  return digest.value;
}

test("a digest of a custom world tells slots, rewards, states and their order apart", () => {
  const digests = [
    customDigest([0, 1, [2, 3]]),
    customDigest([1, 1, [2, 3]]),
    customDigest([0, 1.5, [2, 3]]),
    customDigest([0, 1, [3, 2]]),
    customDigest([0, 1, [2]]),
    customDigest([0, 1, [2, 3]], [0, 1, []]),
    customDigest([0, 1, []], [0, 1, [2, 3]]),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});
