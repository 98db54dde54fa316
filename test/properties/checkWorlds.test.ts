// Worlds with the usual mistakes, and how checkEnv tells of them.
import { describe, expect, test } from "vitest";
import { choiceModels, defineWorld, makeEnv, spaces, type World } from "../../src/index.js";
import { checkEnv } from "../../src/testing/index.js";
import { faultyWorld } from "../support/ownWorlds.js";

/** State that is none of the user's own. */
let counter = 0;
const everybody = { mood: 0.5 };

/** What is wrong with a world, and how checkEnv says so. */
const brokenWorlds: [string, () => World, string][] = [
  [
    "draws from elsewhere in a transition",
    () => faultyWorld({ users: { transition: () => ({ mood: Math.random() }) } }),
    "the episode of a second environment",
  ],
  [
    "draws documents from elsewhere",
    () => faultyWorld({ documents: { space: new spaces.Box({ low: 0, high: 1 }), sample: () => Math.random() } }),
    "the episode of a second environment",
  ],
  [
    "remembers outside of the state",
    () => faultyWorld({ users: { transition: () => ({ mood: (counter++ % 64) / 64 }) } }),
    "the episode of a second environment",
  ],
  [
    "changes a state that all users share",
    () =>
      faultyWorld({
        users: { sample: () => everybody, transition: (state) => Object.assign(state, { mood: 0.9 * state.mood }) },
      }),
    "the episode of a second environment",
  ],
  [
    "shows what is outside of its space",
    () => faultyWorld({ users: { observe: () => 1.5 } }),
    "not in the observation",
  ],
  [
    "is worth NaN",
    () => faultyWorld({ reward: () => NaN }),
    '"reward" expected a number in [-1e+100, 1e+100], got NaN',
  ],
  [
    "makes promises of states",
    () => faultyWorld({ users: { transition: (async (state: unknown) => state) as never, observe: () => 0.5 } }),
    '"state" expected plain data, got [object Promise]',
  ],
  [
    "keeps its state in a Map",
    () => faultyWorld({ users: { transition: () => new Map([["mood", 1]]) as never, observe: () => 0.5 } }),
    '"state" expected plain data, got [object Map]',
  ],
  ["changes documents that all users share", corpusThatWearsOut, "the steps after restoring"],
  [
    "forgets no click among its chances",
    () => faultyWorld({ choice: { probabilities: (scores) => scores.map(() => 1), weights: () => [] } }),
    '"choice.probabilities" expected',
  ],
];

describe("checkEnv says what is wrong with a world that", () => {
  test.each(brokenWorlds)("%s", async (_, make, sentence) => {
    const world = make();
    await expect(checkEnv(() => makeEnv(world), { seed: 1, numRuns: 10 })).rejects.toThrow(sentence);
  });

  test("throws, with the error as the cause", async () => {
    const boom = new Error("boom");
    const world = faultyWorld({
      users: {
        transition() {
          throw boom;
        },
      },
    });
    await expect(checkEnv(() => makeEnv(world), { seed: 1, numRuns: 1 })).rejects.toMatchObject({ cause: boom });
  });

  test("is sound: nothing", async () => {
    await checkEnv(() => makeEnv(faultyWorld({})), { seed: 1 });
  });
});

/** What is shown is worn out by it, for everybody. */
function corpusThatWearsOut(): World {
  return defineWorld({
    name: "wearing out",
    slateSize: 1,
    numCandidates: 2,
    resample: "never",
    documents: {
      space: new spaces.Dict({ length: new spaces.Box({ low: 0, high: 1 }) }),
      sample: (draws) => ({ length: draws.uniform() }),
    },
    users: {
      space: new spaces.Discrete(1),
      sample: () => 0,
      observe: () => 0,
      scoreDocument: (_state, { length }) => length,
      transition(state, { slate }) {
        for (const document of slate) document.length /= 2;
        return state;
      },
    },
    choice: choiceModels.multinomialLogit(),
    responses: { space: new spaces.Discrete(2), respond: (_state, _document, clicked) => (clicked ? 1 : 0) },
    reward: ([clicked = 0]) => clicked,
  });
}
