// The agent that fills slates by known choices and item values, whatever comes after the step.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  choiceModels,
  defineWorld,
  makeEnv,
  simulate,
  slateOptimizers,
  slateValue,
  spaces,
  type ChoiceModel,
  type MyopicSlateOptions,
  type SlateOptimizerName,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";

interface Video {
  readonly topic: number;
  readonly quality: number;
}

type Options = MyopicSlateOptions<number, Video>;

const choice = choiceModels.multinomialProportional({ minNormalizer: -1, noClickMass: 1 });
const score = ({ topic }: Video, interest: number): number => 1 - Math.abs(topic - interest);

/** One step, whose reward is the quality of what was clicked. */
const videos = defineWorld({
  name: "videos",
  slateSize: 3,
  numCandidates: 7,
  timeBudget: 1,
  documents: {
    space: new spaces.Dict({
      topic: new spaces.Box({ low: 0, high: 1 }),
      quality: new spaces.Box({ low: -1, high: 1 }),
    }),
    sample: (draws): Video => ({ topic: draws.uniform(), quality: 2 * draws.uniform() - 1 }),
  },
  users: {
    space: new spaces.Box({ low: 0, high: 1 }),
    sample: (draws): number => draws.uniform(),
    observe: (interest): number => interest,
    scoreDocument: (interest, video) => score(video, interest),
    transition: (interest) => interest,
  },
  choice,
  responses: {
    space: new spaces.Box({ low: -1, high: 1 }),
    respond: (_interest, { quality }, clicked): number => (clicked ? quality : 0),
  },
  reward: (responses) => responses.reduce((sum, quality) => sum + quality, 0),
});

const names = Object.keys(slateOptimizers) as SlateOptimizerName[];
const env = await makeEnv(videos);
const USERS = 1000;
const observed = Array.from({ length: USERS }, (_, user) => env.reset({ user }).observation);
type Seen = (typeof observed)[number];

const create = (options: Partial<Options> = {}) => agents.myopicSlate<number, Video>({ score, choice, ...options });
const slateFor = (options: Partial<Options>, observation: Seen): number[] =>
  create(options)(env).beginEpisode(observation);

/** The odds, the odds of no click, and the qualities that an observation has. */
function problemOf({ user, doc }: Seen): [weights: number[], noClickWeight: number, qualities: number[]] {
  const weights = choice.weights(doc.map((video) => score(video, user)));
  return [weights.slice(0, -1), weights.at(-1)!, doc.map(({ quality }) => quality)];
}

describe.each(names)("by the optimizer %s", (optimizer) => {
  test("shows the slate of the optimizer, by a field or a function", () => {
    for (const observation of observed.slice(0, 50)) {
      const slate = slateOptimizers[optimizer](...problemOf(observation), 3);
      expect(slateFor({ optimizer, value: "quality" }, observation)).toEqual(slate);
      expect(slateFor({ optimizer, value: ({ quality }) => quality }, observation)).toEqual(slate);
    }
  });

  test("shows what is most likely to be clicked when a click is worth 1, as the greedy agent does", () => {
    const greedy = agents.greedy<number, Video>({ score, choice })(env);
    for (const observation of observed.slice(0, 50)) {
      const slate = slateFor({ optimizer }, observation);
      expect(slate.toSorted()).toEqual(greedy.beginEpisode(observation).toSorted());
    }
  });

  test("earns in a simulation what its slates are worth", async () => {
    const policy = agentPolicy("myopic", create({ optimizer, value: "quality" }));
    const { metrics } = await simulate(videos, policy, { users: USERS });
    const worth = observed.map((seen) =>
      slateValue(...problemOf(seen), slateFor({ optimizer, value: "quality" }, seen)),
    );
    const mean = worth.reduce((sum, value) => sum + value, 0) / USERS;
    const { totalReward } = metrics;
    expect(Math.abs(totalReward.mean - mean)).toBeLessThan(4 * totalReward.standardError);
    expect(mean).toBeGreaterThan(8 * totalReward.standardError); // a random slate is worth 0 in the mean
  });
});

test("the exact optimizer is the default", () => {
  const differing = observed.filter((seen) => {
    const slate = slateFor({ value: "quality" }, seen);
    expect(slate).toEqual(slateFor({ value: "quality", optimizer: "exact" }, seen));
    return slate.join() !== slateFor({ value: "quality", optimizer: "topK" }, seen).join();
  });
  expect(differing.length).toBeGreaterThan(USERS / 20);
});

test.each(names)("fewer candidates than slots are all shown once by the optimizer %s", async (optimizer) => {
  const repeating = await makeEnv(videos, { allowRepeats: true });
  const agent = create({ optimizer })(repeating);
  const { user, doc, response } = observed[0]!;
  expect(agent.beginEpisode({ user, doc: doc.slice(0, 2), response }).toSorted()).toEqual([0, 1]);
});

test("a choice model of one's own is asked for the odds of all candidates at once", () => {
  const given: number[] = [];
  const own: ChoiceModel = {
    probabilities: () => [],
    weights: (scores) => {
      given.push(scores.length);
      return [...scores, 2];
    },
  };
  expect(slateFor({ choice: own, value: "quality" }, observed[0]!)).toHaveLength(3);
  expect(given).toEqual([7]);
});

describe("refuses", () => {
  test("cascades, and what is no choice model", async () => {
    const rule =
      "a choice model with the same odds of a document on every slate (multinomialLogit, multinomialProportional)";
    for (const cascade of [
      choiceModels.exponentialCascade({ scoreScaling: 0.1 }),
      choiceModels.proportionalCascade({ scoreScaling: 0.1, minNormalizer: 0 }),
    ]) {
      expect(await mistakesOf(() => create({ choice: cascade }))).toEqual([
        `"choice" expected ${rule}, got a cascade, whose odds depend on the slots`,
      ]);
    }
    expect(await mistakesOf(() => create({ choice: 1 } as never))).toEqual([`"choice" expected ${rule}, got 1`]);
  });

  test("values and odds that are no numbers, by name", async () => {
    const seen = observed[0]!;
    expect(await mistakesOf(() => slateFor({ value: () => NaN }, { ...seen, doc: seen.doc.slice(0, 2) }))).toEqual([
      '"value[0]" expected a finite number, got NaN',
      '"value[1]" expected a finite number, got NaN',
    ]);
    expect((await mistakesOf(() => slateFor({ value: "colour" }, seen)))[0]).toBe(
      '"observation.doc[0].colour" expected a finite number, got undefined',
    );
    expect((await mistakesOf(() => slateFor({ score: () => NaN }, seen)))[0]).toBe(
      '"scores[0]" expected a finite number, got NaN',
    );
    for (const odds of [[1, 2], Array(8).fill(0), [1, 2, 3, 4, 5, 6, 7, -1], "odds"]) {
      const own = { probabilities: () => [], weights: () => odds } as unknown as ChoiceModel;
      expect((await mistakesOf(() => slateFor({ choice: own }, seen)))[0]).toMatch(
        /^"choice.weights" expected 8 numbers in \[0, Infinity\), not all 0, got /,
      );
    }
  });

  test("the snapshot of an agent with other settings", async () => {
    const snapshot = create({ value: "quality" })(env).snapshot();
    expect(await mistakesOf(() => create()(env).restore(snapshot))).toHaveLength(1);
    expect(await mistakesOf(() => create({ value: "quality" })(env).restore(snapshot))).toEqual([]);
  });
});
