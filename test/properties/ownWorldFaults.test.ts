// What a world's own functions get wrong is told, not summed up.
import { describe, expect, test } from "vitest";
import {
  makeBatchEnv,
  makeEnv,
  makeMultiUserEnv,
  policies,
  simulate,
  spaces,
  trace,
  type Draws,
  type World,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { faultyWorld } from "../support/ownWorlds.js";

/** A chance too few: no click was forgotten. */
const forgetful = (scores: readonly number[]): number[] => scores.map(() => 1 / scores.length);
const chances = '"choice.probabilities" expected 2 chances and that of no click, with the sum 1, got ';

describe("an own world is refused at the step where it gives", () => {
  test.each<[string, World, string]>([
    [
      "no reward",
      faultyWorld({ reward: () => undefined as never }),
      '"reward" expected a number in [-1e+100, 1e+100], got undefined',
    ],
    ["a reward of NaN", faultyWorld({ reward: () => NaN }), '"reward" expected a number in [-1e+100, 1e+100], got NaN'],
    [
      "an endless reward",
      faultyWorld({ reward: () => Infinity }),
      '"reward" expected a number in [-1e+100, 1e+100], got Infinity',
    ],
    [
      "a reward whose square has no double",
      faultyWorld({ reward: () => -1e200 }),
      '"reward" expected a number in [-1e+100, 1e+100], got -1e+200',
    ],
    [
      "a promised reward",
      faultyWorld({ reward: (async () => 1) as never }),
      '"reward" expected a number in [-1e+100, 1e+100], got [object Promise]',
    ],
    ["too few chances", faultyWorld({ choice: modelOf(forgetful) }), `${chances}[0.5,0.5]`],
    ["chances of NaN", faultyWorld({ choice: modelOf(() => [NaN, NaN, 1]) }), `${chances}["NaN","NaN",1]`],
    ["chances that are no proportions", faultyWorld({ choice: modelOf(() => [1, 2, 1]) }), `${chances}[1,2,1]`],
    ["a chance below zero", faultyWorld({ choice: modelOf(() => [-1, 1, 1]) }), `${chances}[-1,1,1]`],
    ["no chances", faultyWorld({ choice: modelOf(() => null as never) }), `${chances}null`],
    [
      "no score",
      faultyWorld({ users: { scoreDocument: () => NaN } }),
      '"scores[0]" expected a finite number, got NaN\n"scores[1]" expected a finite number, got NaN',
    ],
  ])("%s", async (_, world, mistakes) => {
    const env = await makeEnv(world);
    env.reset();
    expect((await mistakesOf(() => env.step([0, 1]))).join("\n")).toBe(mistakes);
    const batch = await makeBatchEnv(world, { users: 1 });
    batch.reset();
    expect((await mistakesOf(() => batch.step(Int32Array.of(0, 1)))).join("\n")).toBe(mistakes);
    await expect(simulate(world, policies.first(), { users: 2, firstUser: 7, seed: 1 })).rejects.toThrow(
      `world "faulty" failed at step 0 for user 7: ${mistakes}`,
    );
  });

  test.each<[string, unknown]>([
    ["a promise", Promise.resolve({ mood: 1 })],
    ["a Map", new Map([["mood", 1]])],
    ["a function inside", { mood: 1, more: [() => 1] }],
    ["a bigint", 1n],
    ["a class with methods", new URL("https://example.com")],
  ])("a state that digests and snapshots cannot see: %s", async (_, state) => {
    const world = faultyWorld({ users: { transition: () => state as never, observe: () => 0.5 } });
    const env = await makeEnv(world);
    env.reset();
    env.step([0]);
    for (const copy of [() => env.snapshot(), () => env.fork()]) {
      expect((await mistakesOf(copy))[0]).toMatch(/^"state" expected plain data, got /);
    }
    await expect(simulate(world, policies.first(), { users: 1, seed: 1 })).rejects.toThrow(
      'failed at step 0 for user 0: "state" expected plain data, got ',
    );
  });
});

const lost = (): never => {
  throw new Error("lost");
};
const documents = (parts: object) => ({
  space: new spaces.Box({ low: 0, high: 1 }),
  sample: (draws: Draws): number => draws.uniform(),
  ...parts,
});

describe("an own world is refused, with world, step and user, where", () => {
  test.each<[string, World, string]>([
    [
      "an end is neither true nor false",
      faultyWorld({ users: { isTerminal: () => "no" as never } }),
      '"users.isTerminal" expected true or false, got "no"',
    ],
    [
      "a first state is promised",
      faultyWorld({ users: { sample: (async () => ({ mood: 1 })) as never } }),
      '"state" expected plain data, got [object Promise]',
    ],
    ["ranking fails", faultyWorld({ documents: documents({ rank: lost }) }), "lost"],
    [
      "a rank is no number",
      faultyWorld({ documents: documents({ rank: () => NaN }) }),
      '"documents.rank" expected a number in [-1e+100, 1e+100], got NaN',
    ],
  ])("%s", async (_, world, reason) => {
    const policy = world.rank === undefined ? policies.first() : policies.mix(1);
    const message = `world "faulty" failed at step 0 for user 7: ${reason}`;
    await expect(simulate(world, policy, { users: 2, firstUser: 7 })).rejects.toThrow(message);
    expect(() => trace(world, policy, { user: 7 })).toThrow(message);
  });

  test("documents that all users share cannot be sampled: nobody's step is to blame", async () => {
    const world = faultyWorld({ resample: "never", documents: documents({ sample: lost }) });
    const message = 'world "faulty" failed to sample the documents that all users share: lost';
    await expect(simulate(world, policies.first(), { users: 1 })).rejects.toThrow(message);
    await expect(makeEnv(world)).rejects.toThrow(message);
    expect(() => trace(world, policies.first(), { user: 0 })).toThrow(message);
  });

  test("functions are misspelt, but not those that a part has for itself", async () => {
    expect(await mistakesOf(() => faultyWorld({ users: { isTerminated: () => true } as never }))).toEqual([
      '"users.isTerminated" is not a function of a world (did you mean "isTerminal"?)',
    ]);
    expect(await mistakesOf(() => faultyWorld({ documents: documents({ ranks: () => 1 }) }))).toEqual([
      '"documents.ranks" is not a function of a world (did you mean "rank"?)',
    ]);
    expect(() => faultyWorld({ users: { helper: () => true, moods: [1] } as never })).not.toThrow();
  });
});

test("a snapshot without a state, or with one that is no plain data, is refused by an own world", async () => {
  const env = await makeEnv(faultyWorld({ users: { observe: () => 0.5 } }));
  env.reset();
  const before = env.snapshot() as { state: object };
  const states: [unknown, string][] = [
    [{ time: 1 }, '"user" expected the state of the user, got undefined'],
    [{ time: 1, user: new Map() }, '"snapshot.state.user" expected plain data, got [object Map]'],
  ];
  for (const [state, mistake] of states) {
    expect(await mistakesOf(() => env.restore({ ...before, state } as never))).toEqual([mistake]);
    expect(env.snapshot()).toEqual(before);
  }
});

test("what a world throws says where in the run that was, and what it was", async () => {
  const boom = new Error("boom");
  const world = faultyWorld({
    users: {
      transition: (state, { step }) => {
        if (step === 2) throw boom;
        return state;
      },
    },
  });
  await expect(simulate(world, policies.random(), { users: 70, seed: 1 })).rejects.toMatchObject({
    message: 'world "faulty" failed at step 2 for user 0: boom',
    cause: boom,
  });
});

test("a reset in which a world throws changes nothing: no life goes on under another user's number", async () => {
  let broken = false;
  const sample = (draws: Draws): { mood: number } => {
    if (broken) throw new Error("boom");
    return { mood: draws.uniform() };
  };
  const world = faultyWorld({ users: { sample } });
  const [env, group] = [await makeEnv(world, { seed: 1 }), await makeMultiUserEnv(world, { users: 2, seed: 1 })];
  env.reset({ user: 3 });
  group.reset({ user: 3 });
  broken = true;
  const before = env.snapshot();
  for (const options of [{ user: 9 }, { seed: 2 }, {}]) {
    expect(() => env.reset(options)).toThrow("boom");
    expect(env.snapshot()).toEqual(before);
    expect(() => group.reset(options)).toThrow("boom");
  }
  expect(env.step([0]).info).toMatchObject({ seed: "1", user: 3, step: 1 });
  expect(group.step([[0], [0]]).info).toMatchObject({ seed: "1", users: [3, 4] });
  broken = false;
  expect(env.reset().info.user).toBe(4);
  expect(group.reset().info.users).toEqual([5, 6]);
});

test("candidates that cannot be drawn are not stood in for by those of the step before", async () => {
  const { documentSpace: space } = faultyWorld({});
  const env = await makeEnv(faultyWorld({ documents: { space, sample: noFifth } }));
  env.reset();
  expect(() => env.step([0])).toThrow("boom");
  expect(() => env.step([1])).toThrow("boom");
  expect(env.snapshot()).toMatchObject({ state: { time: 1 } });
});

function noFifth(draws: Draws, id: number): number {
  if (id === 5) throw new Error("boom");
  return draws.uniform();
}

function modelOf(probabilities: (scores: readonly number[]) => number[]) {
  return { probabilities, weights: probabilities };
}
