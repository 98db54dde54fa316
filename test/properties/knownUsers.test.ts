// Custom worlds whose users are rows of a table, and whose candidates depend on the user's state.
import { expect, test } from "vitest";
import {
  choiceModels,
  defineWorld,
  makeEnv,
  makeMultiUserEnv,
  policies,
  simulate,
  spaces,
  trace,
} from "../../src/index.js";

interface Level {
  readonly level: number;
}

const levels = [3, 10, 25];

/** Users have the level of their row, which every step raises; candidates are near it where it is told. */
function levelWorld(resample: "step" | "episode" | "never", told: (number | undefined)[] = []) {
  return defineWorld({
    name: "levels",
    slateSize: 1,
    numCandidates: 2,
    timeBudget: 3,
    resample,
    documents: {
      space: new spaces.Box({ low: 0, high: 100 }),
      sample: (draws, _id, state: Level | undefined) => {
        told.push(state?.level);
        return (state?.level ?? 50) + draws.uniform();
      },
    },
    users: {
      space: new spaces.Box({ low: 0, high: 100 }),
      sample: (_draws, user): Level => ({ level: levels[user % levels.length]! }),
      observe: ({ level }) => level,
      scoreDocument: () => 1,
      transition: ({ level }) => ({ level: level + 1 }),
    },
    choice: choiceModels.multinomialLogit(),
    responses: { space: new spaces.Box({ low: 0, high: 100 }), respond: (_state, document) => document },
    reward: ([document]) => document!,
  });
}

test("a user is told its number, and candidates the state of the user at the step", async () => {
  const env = await makeEnv(levelWorld("step"), { user: 4 });
  let { observation } = env.reset();
  for (let step = 0; step < 3; step++) {
    expect(observation.user).toBe(10 + step);
    expect(observation.doc.map(Math.floor)).toEqual([10 + step, 10 + step]);
    observation = env.step([0]).observation;
  }
  const rewards = trace(levelWorld("step"), policies.first(), { user: 4 }).steps.map(({ reward }) =>
    Math.floor(reward),
  );
  expect(rewards).toEqual([10, 11, 12]);
});

test("agents, and policies that see nothing, meet the same candidates", async () => {
  const run = await simulate(levelWorld("step"), policies.first(), { users: 3, seed: 1 });
  const env = await makeEnv(levelWorld("step"), { seed: 1 });
  let sum = 0;
  for (let user = 0; user < 3; user++) {
    env.reset();
    for (let step = 0; step < 3; step++) sum += env.step([0]).reward;
  }
  expect(run.metrics.totalReward.mean).toBeCloseTo(sum / 3, 12);
});

test("candidates that stay, or that several users share, are told of no state", async () => {
  for (const resample of ["episode", "never"] as const) {
    const told: (number | undefined)[] = [];
    await simulate(levelWorld(resample, told), policies.first(), { users: 2 });
    expect([told.length > 0, new Set(told)]).toEqual([true, new Set([undefined])]);
  }
  const told: (number | undefined)[] = [];
  const env = await makeMultiUserEnv(levelWorld("step", told), { users: 2 });
  env.reset();
  expect([told.length > 0, new Set(told)]).toEqual([true, new Set([undefined])]);
});
