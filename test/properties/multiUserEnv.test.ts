import { describe, expect, test } from "vitest";
import { longTermSatisfaction, makeEnv, makeMultiUserEnv } from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

describe("an environment of several users", () => {
  test("shows them the same candidates, and lets each answer a slate of its own", async () => {
    const env = await makeMultiUserEnv(longTermSatisfaction({ timeBudget: 2 }), { users: 3, seed: 1 });
    const { observation, info } = env.reset();
    expect(observation.user).toHaveLength(3);
    expect(observation.doc).toHaveLength(10);
    expect(info).toEqual({
      seed: "1",
      users: [0, 1, 2],
      step: 0,
      userTerminated: [false, false, false],
      documentIds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      choiceProbabilities: null,
    });
    const first = env.step([[0, 1], [2], []]);
    expect(first.observation.response!.map((responses) => responses.length)).toEqual([2, 1, 0]);
    expect(first.reward.map((reward) => reward > 0)).toEqual([true, true, false]);
    const last = env.step([[0], [0], [0]]);
    expect([first.info.step, last.info.step]).toEqual([1, 2]);
    expect(last.info.documentIds).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    expect([last.terminated, last.truncated]).toEqual([true, false]);
    expect(env.reset().info.users).toEqual([3, 4, 5]);
  });

  test("gives equal slates to equal candidates, but each user its own noise", async () => {
    const env = await makeMultiUserEnv(longTermSatisfaction(), { users: 2 });
    env.reset();
    const { reward, observation } = env.step([[0], [0]]);
    expect(reward[0]).not.toBe(reward[1]);
    expect(observation.user[0]).not.toEqual(observation.user[1]);
    const again = await makeMultiUserEnv(longTermSatisfaction(), { users: 2 });
    again.reset();
    expect(again.step([[0], [0]])).toEqual(env.reset({ user: 0 }) && env.step([[0], [0]]));
  });

  test("goes on for the others when one has come to the end", async () => {
    const env = await makeMultiUserEnv(filmWorld(), { users: 6, seed: 2 });
    env.reset();
    const ends: number[] = [];
    for (let step = 0; ends.length === 0 || ends.at(-1)! < 6; step++) {
      const { info, observation, terminated, reward } = env.step(Array.from({ length: 6 }, () => [0, 1]));
      const ended = info.userTerminated.filter(Boolean).length;
      expect(ended).toBeGreaterThanOrEqual(ends.at(-1) ?? 0);
      observation.response!.forEach((responses, user) => {
        if (responses.length === 0) expect(reward[user]).toBe(0);
      });
      expect(terminated).toBe(ended === 6);
      ends.push(ended);
    }
    expect(new Set(ends).size).toBeGreaterThan(2);
    expect(await mistakesOf(() => env.step([]))).toHaveLength(1);
  });

  test("shows what is in its space, and gives the ended nothing", async () => {
    const world = filmWorld();
    const env = await makeMultiUserEnv(world, { users: 6, seed: 2, reward: (...given) => given.length });
    expect(env.observationSpace.contains(env.reset().observation)).toBe(true);
    let before: readonly boolean[] = env.reset().info.userTerminated;
    for (let ended = false; !ended;) {
      const { observation, reward, info, terminated } = env.step(Array.from({ length: 6 }, () => [0, 1]));
      expect(env.observationSpace.contains(observation)).toBe(true);
      expect(reward).toEqual(before.map((gone) => (gone ? 0 : 1)));
      before = info.userTerminated;
      ended = terminated;
    }
    const { observation } = env.reset();
    expect(env.observationSpace.contains({ ...observation, user: observation.user.slice(1) })).toBe(false);
  });

  test("of a corpus that all share lives the lives of its users alone", async () => {
    const world = longTermSatisfaction({ resample: "never", timeBudget: 4 });
    const group = await makeMultiUserEnv(world, { users: 3, seed: 9, user: 5 });
    const alone = await Promise.all([5, 6, 7].map((user) => makeEnv(world, { seed: 9, user })));
    const start = group.reset().observation;
    expect(alone.map((env) => env.reset().observation.user)).toEqual(start.user);
    for (let step = 0; step < 4; step++) {
      const slates = [[0, 1], [3], [step, 9, 8]];
      const together = group.step(slates);
      alone.forEach((env, i) => {
        const { observation, reward, info } = env.step(slates[i]!);
        expect([observation.user, observation.response, observation.doc, reward, info.choiceProbabilities]).toEqual([
          together.observation.user[i],
          together.observation.response![i],
          together.observation.doc,
          together.reward[i],
          together.info.choiceProbabilities![i],
        ]);
      });
    }
  });

  test("is cut off at the time limit, unless all lives end there, and goes on after a reset", async () => {
    for (const [timeBudget, cutOff] of [
      [2, false],
      [3, true],
    ] as const) {
      const env = await makeMultiUserEnv(longTermSatisfaction({ timeBudget }), { users: 2, maxSteps: 2 });
      for (const user of [0, 7]) {
        env.reset({ user });
        const ends = [env.step([[0], [0]]), env.step([[0], [0]])];
        expect(ends.map(({ terminated }) => terminated)).toEqual([false, !cutOff]);
        expect(ends.map(({ truncated }) => truncated)).toEqual([false, cutOff]);
        expect(await mistakesOf(() => env.step([[0], [0]]))).toHaveLength(1);
      }
    }
  });

  test("has other candidates for other users, and begins anew with a new seed", async () => {
    const env = await makeMultiUserEnv(longTermSatisfaction(), { users: 2, user: 4 });
    const groups = [env.reset(), env.reset(), env.reset({ seed: 1 }), env.reset({ seed: 0 })];
    expect(groups.map(({ info }) => [info.seed, ...info.users])).toEqual([
      ["0", 4, 5],
      ["0", 6, 7],
      ["1", 4, 5],
      ["0", 4, 5],
    ]);
    const shown = groups.map(({ observation }) => JSON.stringify(observation.doc));
    expect(new Set(shown).size).toBe(3);
    expect(shown[3]).toBe(shown[0]);
  });

  test("refuses bad input by user, slot, rule and value", async () => {
    const world = longTermSatisfaction();
    expect(await mistakesOf(() => makeMultiUserEnv(world, { users: 0, seed: "" }))).toEqual([
      '"seed" expected a text that is not empty, or a finite number, got ""',
      '"users" expected an integer in [1, 1048576], got 0',
    ]);
    expect(await mistakesOf(() => makeMultiUserEnv(world, { users: 10, user: 2 ** 32 - 5 }))).toEqual([
      '"user" expected an integer in [0, 4294967286], got 4294967291',
    ]);
    const env = await makeMultiUserEnv(world, { users: 2, user: 7 });
    expect(await mistakesOf(() => env.step([[], []]))).toHaveLength(1);
    env.reset();
    expect(await mistakesOf(() => env.step([[0]]))).toEqual([
      '"slates" expected a list of 2 slates (numUsers), got [[0]]',
    ]);
    expect(await mistakesOf(() => env.step([[10], [0, 0]]))).toEqual([
      'user 7: "slate[0]" expected an integer in [0, 9], got 10',
      'user 8: "slate[1]" expected a position that is not on the slate yet, got 0',
    ]);
    expect(await mistakesOf(() => env.reset({ user: 2 ** 32 - 1 }))).toHaveLength(1);
  });
});
