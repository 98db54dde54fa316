// Users whose parameters differ: the same bits in kernel and reference, and each user's episode that of a world with those numbers.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  makeBatchEnv,
  makeEnv,
  makeWorld,
  policies,
  simulate,
  solve,
  trace,
  type Parameters,
  type PlainParameters,
  type UserRow,
} from "../../src/index.js";
import { WORLD_STREAM, wordSource } from "../../src/random/address.js";
import { seedKey } from "../../src/random/seedKey.js";
import { USER_PARAMETERS } from "../../src/worlds/longTermSatisfaction/parameters.js";
import { parametersOfUsers, rangeOf } from "../../src/worlds/longTermSatisfaction/plainParameters.js";
import { curious, policiesFor } from "../support/arbitraries.js";
import { differing } from "../support/differingWorlds.js";
import { mistakesOf } from "../support/mistakesOf.js";

const seed = "users differ";

/** The parameters of each user, by the user's number. */
function numbersIn(parameters: Parameters): (user: number) => PlainParameters {
  const parametersOf = parametersOfUsers(parameters);
  return (user) => parametersOf(wordSource(seedKey(seed), WORLD_STREAM, user));
}

/** The world in which everybody has the parameters of that user. */
function worldOf(parameters: Parameters, user: number) {
  return makeWorld("lts-tradeoff", numbersIn(parameters)(user));
}

/** What both engines must agree in. */
function result<R extends { readonly timing: unknown; readonly engine: string }>(run: R): Omit<R, "timing" | "engine"> {
  const { timing: _, engine: __, ...rest } = run;
  return rest;
}

describe.each(Object.entries(differing))("where users differ by %s", (_, given) => {
  const world = makeWorld("lts-tradeoff", { timeBudget: 6, ...given });
  const filling = [...policiesFor(world.slateSize), curious, agentPolicy("random", agents.random())];

  test.each(filling.map((policy) => [policy.name, policy] as const))(
    "both engines have the same bits: %s",
    async (name, policy) => {
      for (const options of [
        {},
        { estimator: "expected" },
        { warmUp: 2, discount: 0.9, estimator: "expected" },
      ] as const) {
        const extent = { users: 70, firstUser: 4050, seed, ...options };
        const reference = await simulate(world, policy, { ...extent, engine: "reference" });
        expect(result(await simulate(world, policy, extent)), name).toEqual(result(reference));
      }
    },
  );

  test("a user's episode is that of a world in which all have the user's parameters", async () => {
    const property = fc.property(fc.constantFrom(0, 1, 5, 64, 4096, 2 ** 32 - 1), (user) => {
      const { initial, steps } = trace(world, policies.random(), { user, seed });
      const alike = trace(worldOf(world.parameters, user), policies.random(), { user, seed });
      expect(initial).toEqual(alike.initial);
      expect(steps).toEqual(alike.steps);
    });
    fc.assert(property);
    const digests = [0, 1, 2, 3].map(async (user) => {
      return (await simulate(worldOf(world.parameters, user), policies.mix(1), { users: 1, firstUser: user, seed }))
        .digest;
    });
    const sum = (await Promise.all(digests)).reduce(
      (total, digest) => BigInt.asUintN(64, total + BigInt(`0x${digest}`)),
      0n,
    );
    const run = await simulate(world, policies.mix(1), { users: 4, seed });
    expect(BigInt(`0x${run.digest}`)).toBe(sum);
  });

  test("environments are those of the users, one and many at once", async () => {
    const env = await makeEnv(world, { seed, user: 2 });
    const many = await makeBatchEnv(world, { users: 3, seed });
    const alone = await Promise.all([0, 1, 2].map((user) => makeEnv(worldOf(world.parameters, user), { seed, user })));
    env.reset();
    many.reset();
    for (const each of alone) each.reset();
    const slate = Array.from({ length: world.slateSize }, (__, slot) => slot);
    const lengths = alone.map(({ world: { timeBudget } }) => timeBudget);
    for (let step = 0; step < Math.min(...lengths); step++) {
      const taken = alone.map((each) => each.step(slate));
      expect(env.step(slate)).toEqual(taken[2]);
      const { reward, terminated } = many.step(Int32Array.from([...slate, ...slate, ...slate]));
      expect([...reward]).toEqual(taken.map((each) => each.reward));
      expect([...terminated].map(Boolean)).toEqual(taken.map((each) => each.terminated));
    }
  });

  test("the longest episode is the world's time budget, and results say what users are made of", async () => {
    expect(world.timeBudget).toBe(Math.round(rangeOf(world.parameters, "timeBudget")[1]));
    const run = await simulate(world, policies.first(), { users: 500, seed });
    expect(run.metrics.episodeLength.max).toBe(world.timeBudget);
    const { parameters } = JSON.parse(JSON.stringify(run)) as { parameters: Record<string, unknown> };
    for (const name of USER_PARAMETERS)
      if (typeof given[name] === "object") expect(parameters[name]).toEqual(given[name]);
    const { users } = world.parameters;
    if (users === null) expect(parameters["users"]).toBe(null);
    else
      expect(parameters["users"]).toEqual({
        rows: 2 + Number("resample" in given),
        columns: Object.keys((users as { columns: object }).columns),
        hash: (users as { hash: string }).hash,
      });
  });

  test("what needs users who are alike is refused, with the reason", async () => {
    const name = Object.keys(given).find((field) => typeof given[field as keyof Parameters] === "object")!;
    expect(await mistakesOf(() => solve(world))).toEqual([
      expect.stringMatching(new RegExp(`^"${name}" expected parameters that all users share`)),
    ]);
    expect(
      await mistakesOf(() => simulate(world, policies.first(), { users: 1, estimator: "controlled" })),
    ).toHaveLength(1);
  });
});

test("a distribution of one value, and columns of one, are that number to the last bit", async () => {
  const plain: Partial<PlainParameters> = {
    memoryDiscount: 0.75,
    sensitivity: 0.3,
    innovationStddev: 0.2,
    memeEngagementLogMean: 4.5,
    memeEngagementLogStddev: 0.5,
    educationalEngagementLogMean: 3,
    educationalEngagementLogStddev: 2,
    timeBudget: 5,
  };
  const options = { users: 300, seed };
  const { digest, metrics } = await simulate(makeWorld("lts-notebook", plain), policies.mix(2), options);
  const drawn = Object.entries(plain).map(([name, value]) => [name, { distribution: "discrete", values: [value] }]);
  for (const given of [Object.fromEntries(drawn) as Partial<Parameters>, { users: [plain as UserRow] }]) {
    const run = await simulate(makeWorld("lts-notebook", given), policies.mix(2), options);
    expect([run.digest, run.metrics]).toEqual([digest, metrics]);
  }
});

test("series begin with the first user who takes the step, also where whole tiles end within the warm-up", async () => {
  const timeBudget = Float64Array.from({ length: 128 }, (_, user) => (user < 64 ? 2 : 9));
  const world = makeWorld("lts-tradeoff", { users: { columns: { timeBudget } } });
  const extent = { users: 128, seed, warmUp: 5 };
  const reference = await simulate(world, policies.random(), { ...extent, engine: "reference" });
  expect(result(await simulate(world, policies.random(), extent))).toEqual(result(reference));
});

test("worlds are known by every number of their tables and distributions", () => {
  const hashes = [
    { users: [{ sensitivity: 0.1 }] },
    { users: [{ sensitivity: 0.2 }] },
    { users: [{ sensitivity: 0.1 }, { sensitivity: 0.1 }] },
    { users: [{ memoryDiscount: 0.1 }] },
    { sensitivity: { distribution: "uniform", min: 0, max: 0.2 } },
    { sensitivity: { distribution: "uniform", min: 0, max: 0.1 } },
    { sensitivity: { distribution: "beta", alpha: 1, beta: 1, max: 0.2 } },
  ].map((given) => makeWorld("lts", given as Partial<Parameters>).hash);
  expect(new Set(hashes).size).toBe(hashes.length);
  const zeros = [0, -0].map((sensitivity) => makeWorld("lts", { users: [{ sensitivity }] }).hash);
  expect(zeros[0]).toBe(zeros[1]);
  const columns = { columns: { sensitivity: Float64Array.of(0.1) } };
  expect(makeWorld("lts", { users: columns }).hash).toBe(hashes[0]);
});

test("parameters have draws of their own: one more distribution changes no other", () => {
  const one = makeWorld("lts", { sensitivity: { distribution: "uniform", min: 0, max: 1 } });
  const two = makeWorld("lts", {
    sensitivity: { distribution: "uniform", min: 0, max: 1 },
    memoryDiscount: { distribution: "uniform", min: 0, max: 0.9 },
  });
  const [first, second] = [numbersIn(one.parameters), numbersIn(two.parameters)];
  for (let user = 0; user < 50; user++) {
    expect(second(user).sensitivity).toBe(first(user).sensitivity);
    expect(second(user).memoryDiscount).not.toBe(second(user).sensitivity * 0.9);
  }
  expect(new Set(Array.from({ length: 50 }, (_, user) => first(user).sensitivity)).size).toBe(50);
});

test("a kernel moves the pivot of the clicks as the reference does, where first users seldom click", async () => {
  const world = makeWorld("lts", { noClickLogit: 4, timeBudget: 40, slateSize: 1 });
  for (let firstUser = 0; firstUser < 3000; firstUser += 150) {
    const extent = { users: 20, firstUser, seed };
    const reference = await simulate(world, policies.random(), { ...extent, engine: "reference" });
    expect(result(await simulate(world, policies.random(), extent))).toEqual(result(reference));
  }
});
