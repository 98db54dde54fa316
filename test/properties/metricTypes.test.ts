// Metrics that a world declares beside those that a caller adds: types, engines, and what becomes of broken ones.
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  agentPolicy,
  choiceModels,
  defineWorld,
  metrics,
  policies,
  scenarios,
  simulate,
  spaces,
  type BatchPolicy,
  type MetricStep,
  type MetricTable,
  type Moments,
  type ObservationOf,
  type RunPolicy,
  type Series,
  type TypesOf,
  type World,
} from "../../src/index.js";
import { curious } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { faultyWorld } from "../support/ownWorlds.js";

const lts = scenarios["lts-tradeoff"];
const first = policies.first();

/** A world that declares a metric of every kind. */
function moodyWorld() {
  return defineWorld({
    name: "moody",
    slateSize: 2,
    numCandidates: 4,
    timeBudget: 6,
    documents: { space: new spaces.Box({ low: 0, high: 1 }), sample: (draws): number => draws.uniform() },
    users: {
      space: new spaces.Box({ low: 0, high: 1 }),
      sample: (draws) => ({ mood: draws.uniform() }),
      observe: ({ mood }): number => mood,
      scoreDocument: (_state, document: number) => document,
      transition: ({ mood }, _event, draws) => ({ mood: 0.5 * mood + 0.5 * draws.uniform() }),
    },
    choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
    responses: { space: new spaces.Discrete(2), respond: (_state, _document, clicked): number => (clicked ? 1 : 0) },
    reward: (responses) => responses.reduce((total, click) => total + click, 0),
    metrics: {
      finalMood: metrics.last(({ state }: Step) => state.mood, { series: "mood", label: "final mood" }),
      meanMood: metrics.mean(({ state }: Step) => state.mood, { series: false }),
      clickThroughRate: metrics.clickThroughRate(),
    },
  });
}

type Step = { readonly state: { readonly mood: number } };

describe("a world's own metrics", () => {
  test("are in every run, under every policy", async () => {
    const inOrder: RunPolicy = {
      name: "in order",
      fillSlates: ({ user }, slates) => slates.forEach((_p, at) => (slates[at] = at % (slates.length / user.length))),
    };
    const agent = agentPolicy("agent", () => ({
      beginEpisode: () => [0, 1],
      step: () => [0, 1],
      endEpisode: () => {},
    }));
    const runs = [first, inOrder, agent as RunPolicy].map(async (policy) => {
      return simulate(moodyWorld() as World, policy, { users: 50, seed: 1 });
    });
    const [one, ...others] = await Promise.all(runs);
    for (const { metrics: found, digest } of others) {
      expect([found, digest]).toEqual([one!.metrics, one!.digest]);
    }
    const { finalMood, meanMood, clickThroughRate, perStep, noClicks } = (
      await simulate(moodyWorld(), first, { users: 50, seed: 1 })
    ).metrics;
    expect(finalMood.mean).toBe(perStep.mood.mean.at(-1));
    expect(meanMood.mean).toBeCloseTo(perStep.mood.mean.reduce((sum, mood) => sum + mood, 0) / 6, 12);
    expect(clickThroughRate.mean).toBe((50 * 6 - noClicks) / (50 * 6 * 2));
  });

  test("are the kernel's by both engines, and beside further ones", async () => {
    const options = { users: 200, seed: 3, steps: 20 };
    const shapes = { clicks: metrics.clickThroughRate(), last: metrics.last(({ reward }: MetricStep) => reward) };
    for (const policy of [first, policies.random(), policies.mix(1), curious]) {
      const kernel = await simulate(lts, policy, options);
      const reference = await simulate(lts, policy, { ...options, engine: "reference" });
      const more = await simulate(lts, policy, { ...options, metrics: shapes });
      expect([kernel.engine, reference.engine, more.engine]).toEqual(["kernel", "reference", "reference"]);
      expect(reference.metrics).toEqual(kernel.metrics);
      expect(more.metrics).toMatchObject(kernel.metrics);
    }
    expect(await mistakesOf(() => simulate(lts, first, { ...options, engine: "kernel", metrics: shapes }))).toEqual([
      '"engine" expected "reference", which supports this world, policy and options, got "kernel"',
    ]);
  });

  test("are typed", async () => {
    const run = await simulate(lts, first, {
      users: 2,
      metrics: {
        best: metrics.sum(() => 1),
        rate: metrics.ratio(
          () => 1,
          () => 2,
        ),
      },
    });
    expectTypeOf(run.metrics.finalSatisfaction).toEqualTypeOf<Moments>();
    expectTypeOf(run.metrics.totalReward).toEqualTypeOf<Moments>();
    expectTypeOf(run.metrics.best).toEqualTypeOf<Moments>();
    expectTypeOf(run.metrics.rate).toEqualTypeOf<Moments>();
    expectTypeOf(run.metrics.perStep.satisfaction).toEqualTypeOf<Series>();
    expectTypeOf(run.metrics.perStep.best).toEqualTypeOf<Series>();
    // @ts-expect-error -- misspelt
    expect(run.metrics.finalSatisfacton).toBe(undefined);
    // @ts-expect-error -- a ratio has no series
    expect(run.metrics.perStep.rate).toBe(undefined);
    const moody = await simulate(moodyWorld(), first, { users: 2 });
    expectTypeOf(moody.metrics.finalMood).toEqualTypeOf<Moments>();
    expectTypeOf(moody.metrics.perStep.mood).toEqualTypeOf<Series>();
    // @ts-expect-error -- it has no series
    expect(moody.metrics.perStep.meanMood).toBe(undefined);
    // @ts-expect-error -- another world's
    expect(moody.metrics.finalSatisfaction).toBe(undefined);
  });
});

const bad =
  <Value>(value: Value) =>
  ({ step, user }: MetricStep): Value =>
    step === 2 && user === 8 ? value : (0 as Value);
const broken = ({ step }: MetricStep): number => {
  if (step === 1) throw new RangeError("no idea");
  return 1;
};

describe("a metric", () => {
  const numbers = '"metrics.odd" expected a number in [-1e+100, 1e+100], got ';
  test.each<[string, unknown, string]>([
    ["sum", metrics.sum(bad(NaN)), `at step 2 for user 8: ${numbers}NaN`],
    ["mean", metrics.mean(bad("7" as never)), `at step 2 for user 8: ${numbers}"7"`],
    ["last", metrics.last(bad(Infinity)), `at step 2 for user 8: ${numbers}Infinity`],
    ["ratio above", metrics.ratio(bad(NaN), () => 1), `at step 2 for user 8: ${numbers}NaN`],
    ["ratio below", metrics.ratio(() => 1, bad(1e101)), `at step 2 for user 8: ${numbers}1e+101`],
    [
      "episode",
      metrics.episode({ begin: () => 0, add: () => NaN, value: (x) => x }),
      `at step 4 for user 7: ${numbers}NaN`,
    ],
    ["thrown by value", metrics.sum(broken), "at step 1 for user 7: no idea"],
    [
      "thrown by add",
      metrics.episode({ begin: () => 0, add: (_x, step: MetricStep) => broken(step), value: (x) => x }),
      "at step 1 for user 7: no idea",
    ],
    [
      "thrown by begin",
      metrics.episode({ begin: () => broken({ step: 1 } as never), add: (x) => x, value: (x) => x }),
      "at step 0 for user 7: no idea",
    ],
    [
      "thrown at the end",
      metrics.episode({ begin: () => 0, add: (x) => x, value: () => broken({ step: 1 } as never) }),
      "at step 4 for user 7: no idea",
    ],
  ])("that is no number, or throws, is named with user and step: %s", async (_, odd, where) => {
    for (const world of [lts, faultyWorld({})] as World[]) {
      const run = simulate(world, first, { users: 3, firstUser: 7, steps: 4, metrics: { odd } as MetricTable });
      await expect(run).rejects.toThrow(new Error(`metric "odd" failed ${where}`));
    }
  });

  test("of an episode that is over at once is what nothing adds up to", async () => {
    const over = faultyWorld({ users: { isTerminal: () => true } });
    const table = {
      sum: metrics.sum(() => 1),
      mean: metrics.mean(() => 1),
      ratio: metrics.ratio(
        () => 1,
        () => 1,
      ),
    };
    const { metrics: found } = await simulate(over, first, { users: 3, metrics: table });
    expect([found.sum.mean, found.mean.mean, found.ratio.mean, found.episodeLength.mean]).toEqual([0, 0, NaN, 0]);
    const { metrics: last } = await simulate(over, first, { users: 3, metrics: { last: metrics.last(() => 1) } });
    expect(last.last).toMatchObject({ mean: 0, min: 0, max: 0 });
  });
});

test("a custom world's types are those of its policies, agents and of metrics that are added", async () => {
  const moody = moodyWorld();
  type Moody = TypesOf<typeof moody>;
  expectTypeOf<ObservationOf<Moody>["user"]>().toEqualTypeOf<number>();
  const byIndex: BatchPolicy<Moody["batch"]> = {
    name: "by index",
    fillSlates({ observation }, slates) {
      expectTypeOf(observation[0]!.doc).toEqualTypeOf<readonly number[]>();
      for (let slot = 0; slot < slates.length; slot++) slates[slot] = slot % 2;
    },
  };
  const added = { lowest: metrics.last(({ state }) => state.mood) };
  const run = await simulate(moody, byIndex, { users: 2, metrics: added });
  expect(run.metrics.lowest.mean).toBe(run.metrics.finalMood.mean);
});
