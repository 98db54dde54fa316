// Every function of the package that takes a world, with every world: of the list of scenarios, and of the tests' own.
import { describe, expect, test } from "vitest";
import * as slatesim from "../../src/index.js";
import {
  agentPolicy,
  agents,
  compare,
  makeBatchEnv,
  makeEnv,
  makeMultiUserEnv,
  interestEvolution,
  interestExploration,
  makeWorld,
  mergeRuns,
  metrics,
  policies,
  scenarios,
  simulate,
  solve,
  sweep,
  trace,
  type BatchPolicy,
  type RunPolicy,
  type SolveOptions,
  type World,
} from "../../src/index.js";
import { checkAgent, checkEnv } from "../../src/testing/index.js";
import { differing } from "../support/differingWorlds.js";
import { ownWorlds } from "../support/ownWorlds.js";

const worlds: Readonly<Record<string, World>> = {
  ...(scenarios as Readonly<Record<string, World>>),
  "lts of users who differ": makeWorld("lts-tradeoff", differing["state and engagement"]!) as World,
  "lts of episodes that differ": makeWorld("lts-tradeoff", differing["episodes without clicks"]!) as World,
  "interest evolution": interestEvolution(),
  "interest exploration": interestExploration(),
  ...ownWorlds,
};

const turning: BatchPolicy = {
  name: "turning",
  fillSlates({ user, step }, slates) {
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = (step + (at % slateSize)) % 4;
  },
};

function policiesFor(world: World): readonly RunPolicy[] {
  const ranking = world.rank === undefined ? [] : [policies.mix(1), policies.mostEducational()];
  const scored = world.hasScores ? [policies.greedy()] : [];
  return [policies.first(), policies.random(), ...ranking, ...scored, turning, agentPolicy("random", agents.random())];
}

function optionsIn({ timeBudget }: World) {
  return { users: 70, steps: Math.min(timeBudget, 9), seed: "every world" };
}

/** What each function must do in any world. */
const functions: Readonly<Record<string, (world: World, policy: RunPolicy) => Promise<void> | void>> = {
  async simulate(world, policy) {
    const options = optionsIn(world);
    const clicks = metrics.clickThroughRate();
    const run = await simulate(world, policy, { ...options, metrics: { clicks } });
    const again = await simulate(world, policy, { ...options, engine: "reference" });
    expect(run.digest).toBe(again.digest);
    expect(run.metrics).toMatchObject(again.metrics);
    expect(Object.keys(run.metrics)).toEqual(expect.arrayContaining([...Object.keys(world.metrics), "clicks"]));
    expect(run.metrics.totalReward.mean).toBeGreaterThan(0);
    if (world.hasExpectedReward) {
      const expected = await simulate(world, policy, { ...options, estimator: "expected" });
      expect(expected.digest).toBe(run.digest);
      expect(expected.metrics.varianceRatio).toBeGreaterThan(0);
    }
  },
  async compare(world, policy) {
    const options = optionsIn(world);
    const variants = [policies.first(), { policy, name: "other" }];
    const { pairs, policies: compared } = await compare(world, variants, options);
    const alone = await simulate(world, policy, options);
    expect(compared[1]).toMatchObject({ policy: "other", digest: alone.digest, metrics: alone.metrics });
    expect(pairs[0]!.difference.mean).toBeCloseTo(
      compared[1]!.metrics.totalReward.mean - compared[0]!.metrics.totalReward.mean,
      9,
    );
  },
  async mergeRuns(world, policy) {
    const options = optionsIn(world);
    const parts = await Promise.all([
      simulate(world, policy, { ...options, users: 40 }),
      simulate(world, policy, { ...options, firstUser: 40, users: 30 }),
    ]);
    const whole = await simulate(world, policy, options);
    expect(mergeRuns(...(parts as [(typeof parts)[0], (typeof parts)[0]])).digest).toBe(whole.digest);
  },
  async trace(world, policy) {
    const options = optionsIn(world);
    const { steps } = trace(world, policy, { user: 5, seed: options.seed, steps: options.steps });
    const alone = await simulate(world, policy, { ...options, users: 1, firstUser: 5 });
    expect(steps.map(({ reward }) => reward)).toEqual(alone.metrics.perStep.reward.mean);
    expect(steps.length).toBe(alone.metrics.episodeLength.mean);
  },
  async makeEnv(world) {
    const options = optionsIn(world);
    const env = await makeEnv(world, { seed: options.seed, user: 5, maxSteps: options.steps });
    const traced = trace(world, policies.first(), { user: 5, seed: options.seed, steps: options.steps });
    const first = Array.from({ length: world.slateSize }, (_, slot) => slot);
    expect(env.observationSpace.contains(env.reset().observation)).toBe(true);
    expect(traced.steps.map(() => env.step(first).reward)).toEqual(traced.steps.map(({ reward }) => reward));
  },
  async makeMultiUserEnv(world) {
    const env = await makeMultiUserEnv(world, { users: 3, seed: 1 });
    env.reset();
    const first = Array.from({ length: world.slateSize }, (_, slot) => slot);
    expect(env.observationSpace.contains(env.step([first, first, first]).observation)).toBe(true);
  },
  async makeBatchEnv(world) {
    const options = optionsIn(world);
    const batch = await makeBatchEnv(world, { users: 4, seed: options.seed });
    const first = Array.from({ length: 4 * world.slateSize }, (_, at) => at % world.slateSize);
    batch.reset();
    const rewards = Array.from(batch.step(first).reward);
    const alone = await simulate(world, policies.first(), { ...options, users: 4, steps: 1 });
    expect(rewards.reduce((sum, reward) => sum + reward, 0) / 4).toBeCloseTo(alone.metrics.totalReward.mean, 9);
  },
  async sweep(world, policy) {
    const { seed, ...options } = optionsIn(world);
    const { cells } = await sweep([world], [policy], { ...options, seeds: [seed] });
    const run = await simulate(world, policy, { ...options, seed });
    expect(cells[0]!.policies[0]).toMatchObject({ digest: run.digest, mean: run.metrics.totalReward.mean });
  },
  async solve(world, policy) {
    const options = { steps: 2, gridSize: 8 };
    const model = world.scalarState?.() ?? '"world" expected a world that says how its state moves';
    if (typeof model === "string") {
      await expect(solve(world, options)).rejects.toThrow(model);
      return;
    }
    const { value, valueError, policies: values } = await solvedOnce(world, options);
    const optimal = policies.optimal(await solvedOnce(world, options));
    const run = { users: 70, steps: 2 };
    const [kernel, reference] = await Promise.all([
      simulate(world, optimal, run),
      simulate(world, optimal, { ...run, engine: "reference" }),
    ]);
    expect([kernel.digest, kernel.metrics]).toEqual([reference.digest, reference.metrics]);
    expect(values[policy.name] ?? 0).toBeLessThanOrEqual(value + 2 * valueError);
  },
};

const solved = new Map<World, ReturnType<typeof solve>>();

function solvedOnce(world: World, options: SolveOptions): ReturnType<typeof solve> {
  const known = solved.get(world) ?? solve(world, options);
  solved.set(world, known);
  return known;
}

/** Functions of the package's main entry that take no world. */
const OTHERS =
  "Bandit GlmBandit InvalidInput agentPolicy beliefPolicy changedWorld chooseByInverseCdf compiledWorld defineWorld drawsAt exp importAgent importPolicy importWorld interestEvolution interestExploration log logistic longTermSatisfaction makeWorld multinomialLogit parseAgent parsePolicy proportions regretOf slateValue useKernel userModel worldGrid".split(
    " ",
  );

test("no function that takes a world is left out", () => {
  const exported = Object.entries(slatesim).filter(([, value]) => typeof value === "function");
  expect(exported.map(([name]) => name).toSorted()).toEqual([...Object.keys(functions), ...OTHERS].toSorted());
});

describe.each(Object.entries(worlds))("the world %s", (_, world) => {
  test.each(Object.entries(functions))("goes through %s", async (_name, call) => {
    for (const policy of policiesFor(world)) await call(world, policy);
  });

  test("has sound environments", async () => {
    await checkEnv(() => makeEnv(world, { maxSteps: 6 }), { numRuns: 3, seed: 1 });
  });

  test("has agents that are sound", async () => {
    await checkAgent(agents.random(), () => makeEnv(world, { maxSteps: 6 }), { numRuns: 3, seed: 1 });
  });
});
