// What is shown is a value, typed arrays are lists of numbers, and agents rank by scores that chances no longer tell apart.
import { describe, expect, test } from "vitest";
import {
  agents,
  choiceModels,
  defineWorld,
  drawsAt,
  longTermSatisfaction,
  makeBatchEnv,
  makeEnv,
  makeMultiUserEnv,
  spaces,
  type AgentSpaces,
} from "../../src/index.js";
import { checkEnv } from "../../src/testing/index.js";
import { mistakesOf } from "../support/mistakesOf.js";

/** As in the tutorial: what the user shows is a part of the state. Responses, documents and chances are the world's own, too. */
function worldThatHandsOutItsOwn() {
  const chances = [0.25, 0.25, 0.5];
  return defineWorld({
    name: "own",
    slateSize: 2,
    numCandidates: 4,
    timeBudget: 20,
    resample: "never",
    documents: {
      space: new spaces.Dict({ level: new spaces.Box({ low: 0, high: 1 }) }),
      sample: (draws) => ({ level: draws.uniform() }),
      observe: (document) => document,
    },
    users: {
      space: new spaces.Box({ low: 0, high: 100, shape: [2] }),
      sample: (draws) => ({ boredom: [draws.uniform(), 0] }),
      observe: ({ boredom }): readonly number[] => boredom,
      scoreDocument: ({ boredom }, { level }) => boredom[0]! + level,
      transition: ({ boredom }, { clicked }) => ({
        boredom: [boredom[0]!, boredom[1]! + (clicked?.document.level ?? 0)],
      }),
    },
    choice: {
      probabilities: (scores) => (scores.length === 2 ? chances : [...scores.map(() => 0), 1]),
      weights: () => [],
    },
    responses: {
      space: new spaces.Box({ low: 0, high: 100, shape: [2] }),
      respond: ({ boredom }): readonly number[] => boredom,
    },
    reward: (responses) => responses.reduce((sum, boredom) => sum + boredom[0]!, 0),
  });
}

describe("what is shown is a value", () => {
  test("in a world that hands out its own state, documents and lists", async () => {
    await checkEnv(() => makeEnv(worldThatHandsOutItsOwn()), { seed: 1 });
  });

  test("to a reward function, and in the chances of a step", async () => {
    const spoiling = { reward: (given: readonly unknown[]) => Number(Reflect.set(given[0] as object, 0, 99)) };
    const env = await makeEnv(worldThatHandsOutItsOwn(), spoiling);
    env.reset();
    const { observation, info } = env.step([0, 1]);
    expect(observation.response![0]![0]).toBeLessThan(1);
    (info.choiceProbabilities as number[]).fill(7);
    expect(env.step([0, 1]).info.choiceProbabilities).toEqual([0.25, 0.25, 0.5]);
  });
});

describe("typed arrays are lists of numbers", () => {
  test.each([Int32Array, Float64Array, Uint8Array])("as slates of an environment: %s", async (Kind) => {
    const env = await makeEnv(longTermSatisfaction());
    env.reset();
    const fork = env.fork();
    expect(env.step(Kind.of(2, 0, 1))).toEqual(fork.step([2, 0, 1]));
    const many = await makeMultiUserEnv(longTermSatisfaction(), { users: 2 });
    many.reset();
    expect(many.step([Kind.of(0), Kind.of(1, 2)]).observation.response!.map((each) => each.length)).toEqual([1, 2]);
  });

  test("in every space of lists", () => {
    const numbers = Float64Array.of(1, 0, 2);
    const box = new spaces.Box({ low: 0, high: 2 });
    for (const space of [
      new spaces.Box({ low: 0, high: 2, shape: [3] }),
      new spaces.MultiDiscrete(Uint8Array.of(3, 3, 3)),
      new spaces.Tuple([box, box, box]),
      new spaces.Slate({ slateSize: 3, numCandidates: 3 }),
    ]) {
      expect(space.contains(numbers)).toBe(true);
      expect(space.flatten(numbers as never)).toEqual([1, 0, 2]);
    }
    expect(new spaces.Sequence(box, 3).flatten(numbers as never)).toEqual([3, 1, 0, 2]);
    const rows = new spaces.Box({ low: 0, high: 2, shape: [2, 3] });
    expect(rows.flatten([numbers, numbers] as never)).toEqual([1, 0, 2, 1, 0, 2]);
  });
});

const open = async () => {
  const batch = await makeBatchEnv(longTermSatisfaction(), { users: 2 });
  batch.reset();
  return batch;
};

test("a batch takes lists as it takes an Int32Array", async () => {
  const { reward } = (await open()).step(Int32Array.of(0, 1, 2, 3, 4, 5));
  const rows = [Uint8Array.of(0, 1, 2), [3, 4, 5]];
  for (const same of [[0, 1, 2, 3, 4, 5], Float64Array.of(0, 1, 2, 3, 4, 5), rows]) {
    expect((await open()).step(same).reward).toEqual(reward);
  }
  expect((await open()).reset({ resetMask: [0, 1] }).info.user[1]).toBe(3);
});

describe("a Box", () => {
  test("has bounds for every number, and a form of whole numbers", () => {
    const box = new spaces.Box({ low: [0, -5], high: Float64Array.of(1, -3), shape: [2], integer: true });
    expect(
      [
        [0, -4],
        [1, -5],
        [2, -4],
        [0.5, -4],
      ].map((value) => box.contains(value)),
    ).toEqual([true, true, false, false]);
    const seen = new Set(Array.from({ length: 200 }, (_, step) => box.sample(drawsAt({ step })).join()));
    expect([...seen].toSorted()).toEqual(["0,-3", "0,-4", "0,-5", "1,-3", "1,-4", "1,-5"]);
  });

  test("refuses bounds of another shape, too many numbers, and bounds without a whole number between them", async () => {
    expect(await mistakesOf(() => new spaces.Box({ low: [0], high: 1, shape: [2] }))).toHaveLength(1);
    expect(await mistakesOf(() => new spaces.Box({ low: 0, high: 1, shape: [2 ** 31, 2 ** 31] }))).toHaveLength(1);
    expect(await mistakesOf(() => new spaces.Box({ low: 0.2, high: 0.8, integer: true }))).toHaveLength(1);
    expect(await mistakesOf(() => new spaces.Box({ low: [0, 3], high: [1, 2], shape: [2] }))).toHaveLength(1);
  });
});

const slateOf = (scores: readonly number[], choice?: ReturnType<typeof choiceModels.multinomialLogit>) => {
  const box = new spaces.Box({ low: -Infinity, high: Infinity });
  const doc = new spaces.CandidateSet(box, scores.length);
  const given = {
    observationSpace: new spaces.Dict({ user: box, doc, response: new spaces.Nullable(box) }),
    actionSpace: new spaces.Slate({ slateSize: 3, numCandidates: scores.length }),
  } as unknown as AgentSpaces;
  const agent = agents.greedy({ score: (score) => score as number, ...(choice ? { choice } : {}) })(given);
  return agent.beginEpisode({ user: 0, doc: scores, response: null });
};

describe("greedy ranks by score", () => {
  test.each([
    [
      [-800, -799, -798, -797, -796],
      [4, 3, 2],
    ],
    [
      [0, 100, 200, 300, 2000],
      [4, 3, 2],
    ],
    [
      [1e308, -1e308, 1.1e308, 0],
      [2, 0, 3],
    ],
    [
      [1, 2, 2, 1],
      [1, 2, 0],
    ],
  ])("%j", (scores, slate) => {
    expect(slateOf(scores)).toEqual(slate);
    const minNormalizer = Math.min(...scores);
    expect(slateOf(scores, choiceModels.multinomialProportional({ minNormalizer, noClickMass: 1e308 }))).toEqual(slate);
  });

  test("also where a cascade's chances are all 0", () => {
    const cascade = choiceModels.exponentialCascade({ scoreScaling: 1 });
    expect(slateOf([-800, -799, -798, -797, -796], cascade)).toEqual([4, 3, 2]);
  });

  test("and proportions of scores whose sum is too large are proportions all the same", () => {
    const model = choiceModels.multinomialProportional({ minNormalizer: 0, noClickMass: 0 });
    expect(model.probabilities([1e308, 1e308, 0])).toEqual([0.5, 0.5, 0, 0]);
  });
});
