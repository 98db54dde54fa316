// Every property of checkEnv is violated by one environment at least: a check that nothing can fail proves nothing.
import { describe, expect, test } from "vitest";
import {
  choiceModels,
  defineWorld,
  makeEnv,
  spaces,
  type Environment,
  type Json,
  type ResetOptions,
} from "../../src/index.js";
import { checkEnv } from "../../src/testing/index.js";
import { broken, openSound as open, soundWorld as world } from "../support/brokenEnvs.js";
import { mistakesOf } from "../support/mistakesOf.js";

let calls = 0;

const breakers: Record<string, (() => Promise<Environment>)[]> = {
  "observations are in the observation space": [
    broken((sound) => ({
      step(slate) {
        const result = sound.step(slate);
        return { ...result, observation: { ...result.observation, user: [7] } };
      },
    })),
  ],
  "candidates are a list in the order of their positions, each with an id": [
    broken((sound) => ({
      step(slate) {
        const result = sound.step(slate);
        return { ...result, observation: { ...result.observation, doc: { ...result.observation.doc } as never } };
      },
    })),
    broken((sound) => ({
      step(slate) {
        const result = sound.step(slate);
        return { ...result, info: { ...result.info, documentIds: result.info.documentIds.map(() => 0) } };
      },
    })),
  ],
  "a step reports its seed, user, step and probabilities": [
    broken((sound) => ({
      step(slate) {
        const result = sound.step(slate);
        return { ...result, info: { ...result.info, step: 1 } };
      },
    })),
    broken((sound) => ({
      step(slate) {
        const result = sound.step(slate);
        return { ...result, truncated: result.terminated };
      },
    })),
    broken((sound) => ({ step: (slate) => ({ ...sound.step(slate), reward: NaN }) })),
  ],
  "the same seed, user and slates give the same bits": [
    broken((sound) => ({
      step: (slate) => ({ ...sound.step(slate), reward: calls++ }),
    })),
  ],
  "a reset to a user replays that user": [
    broken((sound) => {
      let resets = 0;
      return {
        reset: (options?: ResetOptions) => sound.reset({ ...options, user: (options?.user ?? 0) + resets++ }),
      };
    }),
  ],
  "a reset without a user begins the episode of another user": [
    broken((sound) => {
      let user = 0;
      return {
        reset(options: ResetOptions = {}) {
          user = options.user ?? user;
          return sound.reset({ ...options, user });
        },
      };
    }),
  ],
  "a snapshot is plain data and resumes as the original": [
    broken((sound) => ({
      restore: () => void sound.reset({ user: 3 }),
    })),
    broken((sound) => ({
      restore(snapshot) {
        sound.restore(snapshot);
        sound.reset({ user: (snapshot as { user: number }).user }); // at the beginning, that is no difference
      },
    })),
    broken((sound) => ({
      snapshot: () => ({ ...(sound.snapshot() as object), taken: new Date() as never }),
    })),
    broken((sound) => {
      let restored = {};
      return {
        restore(snapshot) {
          sound.restore(snapshot);
          restored = snapshot as object;
        },
        step(slate) {
          const result = sound.step(slate);
          Object.assign(restored, sound.snapshot()); // lives on in somebody else's snapshot
          return result;
        },
      };
    }),
  ],
  "anything but a snapshot of this environment is refused and changes nothing": [
    broken((sound) => ({
      restore(snapshot) {
        if (Object.hasOwn(Object(snapshot), "state"))
          sound.restore({ ...(sound.snapshot() as object), ...Object(snapshot) });
      },
    })),
    broken((sound) => {
      let before: Json = null;
      return {
        restore(snapshot) {
          if (before !== null) sound.restore(before); // the next that is refused puts it right
          before = snapshot === null ? sound.snapshot() : null;
          if (snapshot === null) sound.reset();
          sound.restore(snapshot);
        },
      };
    }),
  ],
  "a fork is at the same point and independent": [
    broken((sound) => ({
      fork: () => sound,
    })),
    broken((sound) => ({
      fork() {
        const fork = sound.fork();
        fork.reset({ user: (sound.snapshot() as { user: number }).user });
        return fork;
      },
    })),
  ],
  "earlier observations do not change, and writing to them changes nothing": [
    broken((sound) => {
      let mood = [0];
      return {
        reset(options) {
          mood = [0];
          const { observation, info } = sound.reset(options);
          return { observation: { ...observation, user: mood }, info };
        },
        step(slate) {
          const result = sound.step(slate);
          return { ...result, reward: result.reward + mood[0]!, observation: { ...result.observation, user: mood } };
        },
      };
    }),
    broken((sound) => {
      const shown: object = {};
      return {
        step(slate) {
          const result = sound.step(slate);
          return { ...result, observation: Object.assign(shown, result.observation) };
        },
      };
    }),
  ],
  "illegal slates and steps are refused and change nothing": [
    broken((sound) => ({
      step: (slate) => sound.step(Array.isArray(slate) ? slate.slice(0, 3) : []),
    })),
  ],
};

test("checkEnv finds nothing wrong with a world that hands out its own documents, as copies of them are shown", async () => {
  await checkEnv(() => makeEnv(worldThatShowsItself()), { seed: 1, numRuns: 10 });
});

function worldThatShowsItself() {
  return defineWorld({
    name: "open",
    slateSize: 1,
    numCandidates: 2,
    resample: "never",
    documents: {
      space: new spaces.Dict({ length: new spaces.Box({ low: 0, high: 1 }) }),
      sample: (draws) => ({ length: draws.uniform() }),
      observe: (document) => document,
    },
    users: {
      space: new spaces.Discrete(1),
      sample: () => 0,
      observe: () => 0,
      scoreDocument: (_state, { length }) => length,
      transition: (state) => state,
    },
    choice: choiceModels.multinomialLogit({}),
    responses: { space: new spaces.Box({ low: 0, high: 1e9 }), respond: (_state, { length }) => length },
    reward: ([watched = 0]) => watched,
  });
}

const fails = async (): Promise<Environment> => {
  throw new Error("closed");
};

async function messageOf(seed: number): Promise<string> {
  try {
    await checkEnv(breakers["a step reports its seed, user, step and probabilities"]![0]!, { seed });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("checkEnv finds an environment where this property is violated:", () => {
  test.each(Object.entries(breakers))("%s", async (property, openers) => {
    for (const openBroken of openers) {
      await expect(checkEnv(openBroken, { seed: 1, numRuns: 10 })).rejects.toThrow(`\n\n${property}\n`);
    }
  });

  test("and checks no other properties", async () => {
    await expect(checkEnv(fails, { seed: 1, numRuns: 1 })).rejects.toThrow(
      `${Object.keys(breakers).length} of ${Object.keys(breakers).length} properties violated`,
    );
  });

  test("and says the case again under its seed", async () => {
    const message = await messageOf(5);
    expect(message).toContain("seed: 5");
    expect(message).toContain("1 of 11 properties violated");
    expect(message).toContain("the number of steps: expected 2, got 1");
    expect(await messageOf(5)).toBe(message);
  });
});

test("checks that would check nothing are refused", async () => {
  expect(await mistakesOf(() => checkEnv(3 as never, { numRuns: 0, seed: 0.5, numRun: 1 } as never))).toEqual([
    '"open" expected a function, got 3',
    '"numRun" is not an option of a check (did you mean "numRuns"?)',
    '"numRuns" expected an integer in [1, Infinity), got 0',
    '"seed" expected an integer, got 0.5',
  ]);
  expect(await mistakesOf(() => checkEnv(open, null as never))).toHaveLength(1);
  await expect(checkEnv(() => world as never, { numRuns: 1 })).rejects.toThrow(
    '"open" expected an environment, with reset, step, snapshot, restore, fork, got World { lts, ',
  );
});
