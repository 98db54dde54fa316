// What environments, custom worlds and merges promise where two things meet: a new seed, an end that was restored, a name, a copy.
import { describe, expect, test } from "vitest";
import {
  choiceModels,
  defineWorld,
  longTermSatisfaction,
  makeEnv,
  mergeRuns,
  policies,
  simulate,
  spaces,
  type WorldDefinition,
} from "../../src/index.js";

/** Documents in a corpus that all users share, and a user who keeps a list. */
const definition: WorldDefinition<readonly number[], readonly number[], number, number, readonly number[]> = {
  name: "lists",
  slateSize: 2,
  numCandidates: 4,
  timeBudget: 6,
  resample: "never",
  documents: { space: new spaces.Box({ low: 0, high: 1 }), sample: (draws) => draws.uniform() },
  users: {
    space: new spaces.Box({ low: 0, high: 10, shape: [1] }),
    sample: () => [0],
    observe: (state) => state,
    scoreDocument: () => 0,
    transition: ([count]) => [count! + 1],
  },
  choice: choiceModels.multinomialLogit(),
  responses: { space: new spaces.Box({ low: 0, high: 9, shape: [1] }), respond: (_state, quality) => [quality] },
  reward: (responses) => responses[0]![0]!,
};
const world = defineWorld(definition);

describe("an environment", () => {
  test("shows the corpus of the seed that it was reset to", async () => {
    for (const each of [world, longTermSatisfaction({ resample: "never" })]) {
      const moved = await makeEnv(each as typeof world, { seed: 1 });
      moved.reset();
      const other = await makeEnv(each as typeof world, { seed: 2 });
      expect(moved.reset({ seed: 2 }).observation.doc).toEqual(other.reset().observation.doc);
      expect(moved.step([0, 1])).toEqual(other.step([0, 1]));
    }
  });

  test("has come to its end where the snapshot had, also where its own limit lies further on", async () => {
    const short = await makeEnv(world, { maxSteps: 2 });
    short.reset();
    short.step([0, 1]);
    expect(short.step([0, 1]).truncated).toBe(true);
    const long = await makeEnv(world, { maxSteps: 5 });
    long.restore(short.snapshot());
    expect(() => long.step([0, 1])).toThrow(/^"step" expected/);
    const shorter = await makeEnv(world, { maxSteps: 1 });
    const going = await makeEnv(world);
    going.reset();
    going.step([0, 1]);
    shorter.restore(going.snapshot());
    expect(() => shorter.step([0, 1])).toThrow(/^"step" expected/);
  });

  test("numbers candidates from the step on at which they were drawn", async () => {
    const drawn = defineWorld({ ...definition, resample: "step" });
    const env = await makeEnv(drawn);
    expect(env.reset().info.documentIds).toEqual([0, 1, 2, 3]);
    expect(env.step([0, 1]).info.documentIds).toEqual([4, 5, 6, 7]);
    expect(env.step([0, 1]).info.documentIds).toEqual([8, 9, 10, 11]);
  });

  test("refuses a reward of the caller's that is none", async () => {
    const env = await makeEnv(world, { reward: () => Infinity });
    env.reset();
    expect(() => env.step([0, 1])).toThrow(/^"reward" expected a number in \[-1e\+100, 1e\+100\], got Infinity$/);
  });
});

describe("a custom world", () => {
  test("of another name is another world, also where nothing else differs", () => {
    expect(defineWorld({ ...definition, name: "others" }).hash).not.toBe(world.hash);
    expect(defineWorld({ ...definition }).hash).toBe(world.hash);
  });

  test("is shown what users did as copies: a reward that writes into them changes nothing", async () => {
    const greedy = defineWorld({
      ...definition,
      reward: (responses) => {
        const seen = responses[0]![0]!;
        (responses[0] as number[])[0] = 7;
        return seen;
      },
    });
    const [plain, writing] = [await makeEnv(world), await makeEnv(greedy)];
    plain.reset();
    writing.reset();
    expect(writing.step([0, 1]).observation.response).toEqual(plain.step([0, 1]).observation.response);
  });

  test("has snapshots of its own: a state that is written over later is not in them", async () => {
    const state = [0];
    const shared = defineWorld({ ...definition, users: { ...definition.users, sample: () => state } });
    const env = await makeEnv(shared);
    env.reset();
    const snapshot = JSON.stringify(env.snapshot());
    const kept = env.snapshot();
    state[0] = 5;
    expect(JSON.stringify(kept)).toBe(snapshot);
  });

  test.each([[[0.5, 0.5, 0.5]], [[0.2, 0.2, 0.2]], [[1, 0, 1e-6]]])(
    "refuses the chances %j, whose sum is not 1",
    async (chances) => {
      const choice = { weights: () => [...chances], probabilities: () => [...chances] };
      const env = await makeEnv(defineWorld({ ...definition, choice }));
      env.reset();
      expect(() => env.step([0, 1])).toThrow(/^"choice.probabilities" expected/);
    },
  );
});

test("a merged run has every metric of the whole, clicks and their errors by user too", async () => {
  const picky = longTermSatisfaction({ noClickLogit: 2, timeBudget: 3, slateSize: 4 });
  const run = (firstUser: number, users: number) => simulate(picky, policies.random(), { firstUser, users, seed: 4 });
  const merged = mergeRuns(await run(0, 4096), await run(4096, 1000));
  const whole = await run(0, 5096);
  expect(merged.metrics).toEqual(whole.metrics);
  expect(whole.metrics.clickPositions.every((clicks) => clicks > 0)).toBe(true);
  expect(whole.metrics.noClicks).toBeGreaterThan(0);
});
