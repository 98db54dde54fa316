import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  makeEnv,
  mergeRuns,
  policies,
  scenarios,
  simulate,
  type BatchPolicy,
  type BatchView,
  type Run,
  type World,
} from "../../src/index.js";
import { digestText, UserDigest } from "../../src/statistics/userDigest.js";
import { seeds, users } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { countingWorld, faultyWorld, filmWorld, foldStep } from "../support/ownWorlds.js";

/** All that a run says of its episodes. */
function lived({ timing: _timing, policy: _policy, ...rest }: Run): object {
  return rest;
}

type View = BatchView<readonly unknown[]>;

const first: BatchPolicy<readonly unknown[]> = {
  name: "first positions",
  fillSlates: ({ user, observation }, slates) => {
    expect(observation).toHaveLength(user.length);
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = at % slateSize;
  },
};

describe("a run of a custom world", () => {
  const film = filmWorld();

  test("is the episodes that its users have in an environment", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, users, fc.integer({ min: 1, max: 12 }), async (seed, firstUser, steps) => {
        const env = await makeEnv(film, { seed });
        env.reset({ user: firstUser });
        const digest = new UserDigest(firstUser);
        const rewards: number[] = [];
        const clicks = [0, 0, 0];
        for (let ended = false; !ended && rewards.length < steps;) {
          const { observation, reward, terminated } = env.step([0, 1]);
          const slot = [...observation.response!.map(({ click }) => click), 1].indexOf(1);
          const { patience, taste } = (env.snapshot() as never as { state: { user: Record<string, number> } }).state
            .user;
          foldStep(digest, slot, reward, [patience!, taste!]);
          rewards.push(reward);
          clicks[slot]! += 1;
          ended = terminated;
        }
        const run = await simulate(film, policies.first(), { users: 1, firstUser, seed, steps });
        expect(run.digest).toBe(digestText(digest.value));
        expect(run.metrics.totalReward.mean).toBe(rewards.reduce((sum, reward) => sum + reward, 0));
        expect(run.metrics.episodeLength.mean).toBe(rewards.length);
        expect([...run.metrics.clickPositions, run.metrics.noClicks]).toEqual(clicks);
        expect(run.metrics.perStep.reward.mean).toEqual(rewards);
        expect(run.metrics.perStep.users).toEqual(rewards.map(() => 1));
      }),
      { numRuns: 60 },
    );
  });

  test("is the same by a batch policy and by agents that show the same slates", async () => {
    const agents = agentPolicy("agents", () => ({
      beginEpisode: () => [0, 1],
      step: () => [0, 1],
      endEpisode: () => {},
    }));
    const options = { users: 150, seed: 4, steps: 20 };
    const run = await simulate(film, policies.first(), options);
    expect(lived(await simulate(film, first, options))).toEqual(lived(run));
    expect(lived(await simulate(film, agents, options))).toEqual(lived(run));
    expect(lived(await simulate(film, policies.random(), options))).not.toEqual(lived(run));
  });

  test("shows agents and batch policies what environments show", async () => {
    const toAgents: unknown[] = [];
    const note = (seen: unknown, reward?: number): number[] => (toAgents.push([reward, seen]), [0, 1]);
    const agents = agentPolicy("agents", () => ({
      beginEpisode: (seen) => note(seen),
      step: (reward, seen) => note(seen, reward),
      endEpisode: (reward, seen) => void note(seen, reward),
    }));
    const toBatches: unknown[] = [];
    const batches: typeof first = {
      name: "batches",
      fillSlates: (view, slates, propensities) => {
        toBatches.push(...view.observation);
        first.fillSlates(view, slates, propensities);
      },
    };
    const env = await makeEnv(film, { seed: 4 });
    const shown: unknown[] = [[undefined, env.reset({ user: 3 }).observation]];
    for (let ended = false; !ended;) {
      const { observation, reward, terminated } = env.step([0, 1]);
      shown.push([reward, observation]);
      ended = terminated;
    }
    await simulate(film, agents, { users: 1, firstUser: 3, seed: 4, steps: 100 });
    await simulate(film, batches, { users: 1, firstUser: 3, seed: 4, steps: 100 });
    expect(toAgents).toEqual(shown);
    expect(toBatches).toEqual(shown.slice(0, -1).map((pair) => (pair as unknown[])[1]));
  });

  test("cut at block borders and merged is the same run to the last bit", async () => {
    const options = { seed: 5, steps: 9 };
    const whole = await simulate(film, policies.random(), { ...options, users: 4096 + 700 });
    const left = await simulate(film, policies.random(), { ...options, users: 4096 });
    const right = await simulate(film, policies.random(), { ...options, users: 700, firstUser: 4096 });
    expect(lived(mergeRuns(left, right))).toEqual(lived(whole));
    expect(whole.metrics.perStep.users[0]).toBe(4796);
    expect(whole.metrics.perStep.users.at(-1)).toBeLessThan(4796);
  });

  test("has the digest and the counts of its parts however it is cut", async () => {
    const whole = await simulate(film, first, { users: 100, seed: 5, steps: 9 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 99 }), async (cut) => {
        const left = await simulate(film, first, { users: cut, seed: 5, steps: 9 });
        const right = await simulate(film, first, { users: 100 - cut, firstUser: cut, seed: 5, steps: 9 });
        const { digest, metrics } = mergeRuns(left, right);
        expect(digest).toBe(whole.digest);
        expect(metrics.clickPositions).toEqual(whole.metrics.clickPositions);
        expect(metrics.episodeLength.mean).toBe(whole.metrics.episodeLength.mean);
        expect(metrics.totalReward.mean).toBeCloseTo(whole.metrics.totalReward.mean, 9);
      }),
      { numRuns: 10 },
    );
  });

  test("has exact moments of rewards that are large beside their spread", async () => {
    const rich = faultyWorld({ reward: (responses) => 1e9 + responses.reduce((sum, click) => sum + click, 0) });
    const options = { users: 40, seed: 2, steps: 3 };
    const runs = [rich, faultyWorld({})].map((world) => simulate(world, policies.first(), options));
    const [large, small] = await Promise.all(runs);
    const errors = small!.metrics.perStep.reward.standardError;
    expect(errors.every((error) => error > 0.01)).toBe(true);
    large!.metrics.perStep.reward.standardError.forEach((error, step) => expect(error).toBeCloseTo(errors[step]!, 12));
  });

  test("says what it knows and nothing else", async () => {
    const run = await simulate(countingWorld(), policies.first(), { users: 3, seed: "s", steps: 100 });
    expect(Object.keys(run.metrics)).toEqual([
      "totalReward",
      "episodeLength",
      "clickPositions",
      "noClicks",
      "perStep",
      "totalRewardDistribution",
    ]);
    const { digest: _digest, metrics, timing: _timing, ...header } = run;
    expect(header).toEqual({
      scenario: "counting",
      world: countingWorld().hash,
      policy: "first",
      users: 3,
      firstUser: 0,
      steps: 100,
      seed: "s",
      streamVersion: 3,
      parameters: null,
      engine: "reference",
    });
    expect(metrics.episodeLength).toMatchObject({ mean: 5, variance: 0, min: 5, max: 5 });
    expect(metrics.clickPositions.reduce((sum, count) => sum + count, metrics.noClicks)).toBe(15);
    expect(metrics.noClicks).toBe(0);
    expect(metrics.perStep.users).toEqual([3, 3, 3, 3, 3]);
    expect(metrics.perStep.reward.mean).toHaveLength(5);
  });
});

describe("in a custom world", () => {
  const options = { users: 1, seed: 1, steps: 3 };
  const own: World = filmWorld();

  test("policies that rank by educativeness are refused by name", async () => {
    for (const policy of [policies.mostEducational(), policies.leastEducational(), policies.mix(1)]) {
      expect(await mistakesOf(() => simulate(own, policy, options))).toEqual([
        `"policy" expected "first", "random", "greedy", a batch policy or an agent policy in a world whose documents have no rank, got "${policy.name}"`,
      ]);
    }
  });

  test("runs without an end, and in the kernel, are refused", async () => {
    expect(await mistakesOf(() => simulate(own, policies.first(), { users: 1, seed: 1 }))).toEqual([
      '"steps" expected an integer in [1, 65536], as the world has no timeBudget (in a world file: export const timeBudget), got Infinity',
    ]);
    expect(await mistakesOf(() => simulate(filmWorld("step", 4), policies.first(), { ...options, steps: 5 }))).toEqual([
      '"steps" expected an integer in [1, 4], got 5',
    ]);
    expect(await mistakesOf(() => simulate(own, policies.first(), { ...options, engine: "kernel" }))).toEqual([
      '"engine" expected "reference", which supports this world, policy and options, got "kernel"',
    ]);
  });

  test("nothing is merged with another world", async () => {
    const run = await simulate(own, policies.first(), options);
    const lts = await simulate(scenarios["lts"]!, policies.first(), options);
    expect(() => mergeRuns(run, lts as never)).toThrow('"scenario" expected "films" in both runs, got "lts"');
    const other = await simulate(filmWorld("episode") as World, policies.first(), { ...options, firstUser: 1 });
    expect(() => mergeRuns(run, other)).toThrow(/^"world" expected "[0-9a-f]{16}" in both runs/);
    expect(() => mergeRuns(run, { ...run })).toThrow("not from a copy");
  });

  test("a batch holds those who go on, and illegal slates are named", async () => {
    const sizes: number[] = [];
    const watching: typeof first = {
      name: "watching",
      fillSlates: (view, slates, propensities) => {
        sizes.push(view.user.length);
        first.fillSlates(view, slates, propensities);
        if (view.step === 2) slates[3] = 5;
      },
    };
    await simulate(
      own,
      {
        ...first,
        fillSlates: (view: View, slates: Int32Array, propensities: Float64Array) => (
          sizes.push(view.user.length),
          first.fillSlates(view, slates, propensities)
        ),
      },
      { users: 40, seed: 1, steps: 30 },
    );
    expect(sizes[0]).toBe(40);
    expect(sizes.at(-1)).toBeLessThan(40);
    expect(await mistakesOf(() => simulate(own, watching, { users: 2, firstUser: 8, seed: 1, steps: 5 }))).toEqual([
      'policy "watching" at step 2: "slates[user 9][slot 1]" expected an integer in [0, 4], got 5',
    ]);
  });
});
