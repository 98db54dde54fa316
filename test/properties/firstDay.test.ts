// What a new user meets first: types without ornaments, one line on a console, sentences that say what to do.
import { expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  drawsAt,
  longTermSatisfaction,
  makeBatchEnv,
  makeEnv,
  makeMultiUserEnv,
  scenarios,
  simulate,
  spaces,
} from "../../src/index.js";
import { showValue } from "../../src/check/showValue.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

test("scenarios are there by their names", () => {
  expect([scenarios.lts.scenario, scenarios["lts-tradeoff"].scenario]).toEqual(["lts", "lts-tradeoff"]);
});

test("an agent with types of its own goes into policies and layers from a variable", async () => {
  const educating = agents.greedy({ score: ({ educativeness }: { educativeness: number }) => educativeness });
  const layered = agents.temporalAggregation({ agent: educating, aggregationPeriod: 2 });
  const world = longTermSatisfaction();
  for (const create of [educating, layered]) {
    const { users } = await simulate(world, agentPolicy("educating", create as typeof educating), {
      users: 2,
      seed: 1,
    });
    expect(users).toBe(2);
  }
  // @ts-expect-error one signature, so one error: seeds are texts or numbers
  expect(await mistakesOf(() => simulate(world, agentPolicy("a", educating), { users: 2, seed: true }))).toHaveLength(
    1,
  );
});

const print = (object: object): string => Reflect.get(object, Symbol.for("nodejs.util.inspect.custom")).call(object);

test("spaces, worlds, environments and agents are printed in one line", async () => {
  const world = longTermSatisfaction();
  const env = await makeEnv(world);

  expect(print(env)).toBe("Env { lts, seed 0, not begun }");
  env.reset({ user: 3 });
  expect(print(env)).toBe("Env { lts, seed 0, user 3, step 0 }");
  expect(print(world.userSpace)).toBe("Box { -1 to 2, shape [1] }");
  expect(showValue(world.documentSpace)).toBe("Dict { clusterId: Discrete { 0 to 3 }, educativeness: Box { 0 to 1 } }");
  const many = await makeMultiUserEnv(world, { users: 2 });
  const batch = await makeBatchEnv(world, { users: 2 });
  const agent = agents.random()(env);
  for (const each of [world, filmWorld(), env.observationSpace, env.actionSpace, many, batch, agent]) {
    expect(print(each)).toMatch(/^\w+ \{ [^\n]{1,100}$/);
  }
});

test("draws have the seed 0 unless another is said", () => {
  expect(drawsAt().uniform()).toBe(drawsAt({ seed: 0 }).uniform());
});

const bandit = (arms: number, arm = agents.random()) => {
  return agents.clickBandit({ arms: Array.from({ length: arms }, () => arm) });
};

test("bandits say what is wrong with where they are put", async () => {
  const two = longTermSatisfaction({ numClusters: 2 });
  const env = await makeEnv(two);
  expect(await mistakesOf(() => bandit(1))).toEqual(['"arms" expected a list of 2 to 256 makers of agents, got 1']);
  const one = await makeEnv(longTermSatisfaction({ numClusters: 1 }));
  expect(await mistakesOf(() => agents.clusterBandit()(one))).toEqual([
    '"observationSpace" expected responses with a clusterId of 2 to 256 clusters, an arm each, got 1',
  ]);
  const between = agents.fixedLengthHistory({ agent: bandit(2), historyLength: 2 });
  const [misplaced] = await mistakesOf(() => agents.clusterClickStatistics({ agent: between })(env));
  expect(misplaced).toContain(
    "put clickBandit right below clusterClickStatistics, and other layers above it, got Dict {",
  );
  const nested = (depth: number): ReturnType<typeof bandit> => bandit(2, depth > 1 ? nested(depth - 1) : undefined);
  const open = (depth: number) => mistakesOf(() => agents.clusterClickStatistics({ agent: nested(depth) })(env));
  expect(await open(3)).toEqual([]);
  expect((await open(4))[0]).toMatch(/^"stream" expected a stream of at most \d+, .*may be nested 3 deep, got \d+$/);
  expect(new spaces.Discrete(2).contains(1)).toBe(true);
});
