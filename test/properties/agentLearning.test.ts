import { describe, expect, test } from "vitest";
import {
  agents,
  choiceModels,
  defineWorld,
  longTermSatisfaction,
  makeEnv,
  spaces,
  type Agent,
} from "../../src/index.js";

import { mistakesOf } from "../support/mistakesOf.js";
import { listener, play } from "../support/playing.js";

const small = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 9 });
/** Two states by turns, both shown; the slate [state] brings 1, and the last step, in state 1, ten times that. */
function turnsWorld() {
  return defineWorld({
    name: "turns",
    slateSize: 1,
    numCandidates: 2,
    timeBudget: 2,
    documents: { space: new spaces.Discrete(2), sample: (_draws, id): number => id % 2 },
    users: {
      space: new spaces.Box({ low: 0, high: 1, shape: [1] }),
      sample: () => 0,
      observe: (state): readonly number[] => [state],
      scoreDocument: () => 0,
      transition: (state) => 1 - state,
    },
    choice: choiceModels.multinomialLogit(),
    responses: {
      space: new spaces.Box({ low: 0, high: 10 }),
      respond: (state, document): number => (document === state ? 1 + 9 * state : 0),
    },
    reward: ([worth = 0]) => worth,
  });
}

describe("tabularQ", () => {
  test("learns what every slate is worth, the last reward of an episode too", async () => {
    const env = await makeEnv(turnsWorld());
    const options = { bounds: [0, 1], numBins: 2, discount: 0.5, learningRate: 0.2 } as const;
    const agent = agents.tabularQ({ ...options, explorationPolicy: "minCount" })(env);
    await play(agent, env, 400);
    const { table } = agent.snapshot() as { table: [string, [number, number, number][]][] };
    const values = Object.fromEntries(table.map(([state, tried]) => [state, tried.map(([, value]) => value)]));
    expect(values["1"]).toEqual([expect.closeTo(1 + 0.5 * 10, 6), expect.closeTo(0.5 * 10, 6)]);
    expect(values["2"]).toEqual([0, expect.closeTo(10, 6)]);
    const evaluated = agents.tabularQ({ ...options, explorationPolicy: "minCount" })(env, { evalMode: true });
    evaluated.restore(agent.snapshot());
    expect(await play(evaluated, env, 2)).toEqual([
      [1, 10],
      [1, 10],
    ]);
    expect((evaluated.snapshot() as { table: unknown }).table).toEqual(table);
  });

  test("explores less from episode to episode", async () => {
    const env = await makeEnv(turnsWorld());
    const agent = agents.tabularQ({ bounds: [0, 1], numBins: 2, explorationTemperature: 0.9, discount: 0 })(env, {
      seed: 1,
    });
    const rewards = await play(agent, env, 200);
    const total = (from: number, to: number): number =>
      rewards
        .slice(from, to)
        .flat()
        .reduce((a, b) => a + b, 0);
    expect(total(180, 200)).toBe(20 * 11);
    expect(total(0, 20)).toBeLessThan(20 * 11);
    expect((agent.snapshot() as { epsilon: number }).epsilon).toBeCloseTo(0.9 ** 201, 12);
  });

  test("refuses tables that would be too large, and options that it cannot have", async () => {
    const env = await makeEnv(longTermSatisfaction({ slateSize: 8, numCandidates: 40 }));
    expect(await mistakesOf(() => agents.tabularQ()(env))).toEqual([
      '"actionSpace" expected at most 20000 slates to try, got 76904685',
    ]);
    const given = { learningRate: 0, discount: 1.5, bounds: [1, 0], numBins: 1, explorationPolicy: "greedy", gama: 1 };
    expect(await mistakesOf(() => agents.tabularQ(given as never))).toHaveLength(6);
  });
});

function counts(agent: Agent): unknown {
  return (agent.snapshot() as { statistics: unknown }).statistics;
}

describe("memory", () => {
  test("of an episode forgets between users, of a lifetime does not", async () => {
    const env = await makeEnv(small);
    for (const [memory, impressions] of [
      ["episode", 0],
      ["lifetime", 2 * 9 * 4],
    ] as const) {
      const agent = agents.clusterBandit({ memory })(env);
      expect((await play(agent, env, 4)).flat()).toHaveLength(36);
      const { statistics } = agent.snapshot() as { statistics: { impressionCount: number[] } };
      const shown = statistics.impressionCount.reduce((sum, count) => sum + count, 0);
      if (memory === "episode") expect(shown).toBe(impressions);
      else expect(shown).toBeGreaterThan(impressions / 2);
    }
  });

  test("of a lifetime begins every episode as it was trained, under evalMode", async () => {
    const env = await makeEnv(small);
    const create = agents.clusterBandit({ memory: "lifetime" });
    const trained = create(env);
    await play(trained, env, 3);
    const evaluated = create(env, { evalMode: true });
    evaluated.restore(trained.snapshot());
    evaluated.beginEpisode(env.reset().observation);
    const { observation } = env.step([0, 1]);
    evaluated.step(1, observation);
    expect(counts(evaluated)).not.toEqual(counts(trained));
    const resumed = create(env, { evalMode: true });
    resumed.restore(evaluated.snapshot());
    for (const agent of [evaluated, resumed]) {
      agent.endEpisode(1, observation);
      expect(counts(agent)).toEqual(counts(trained));
    }
  });

  test("a click bandit that remembers finds the cluster that is clicked", async () => {
    const documents = [0, 0, 1, 1].map((clusterId) => ({ clusterId, educativeness: clusterId === 0 ? 1 : 0 }));
    const world = longTermSatisfaction({
      slateSize: 1,
      numClusters: 2,
      numCandidates: 4,
      documents,
      noClickLogit: 0.5,
    });
    const env = await makeEnv(world);
    const agent = agents.clusterBandit({ memory: "lifetime", optimismScaling: 0.3 })(env);
    await play(agent, env, 10);
    const { statistics } = agent.snapshot() as { statistics: { impressionCount: [number, number] } };
    expect(statistics.impressionCount[1]).toBeGreaterThan(3 * statistics.impressionCount[0]);
  });
});

describe("draws", () => {
  test("are other ones in another episode, stream or under another seed, and in agents inside of agents", async () => {
    const env = await makeEnv(longTermSatisfaction());
    const { observation } = env.reset();
    const firstSlates = [{}, { seed: 1 }, { stream: 9 }, { firstEpisode: 1 }].map((options) => {
      const agent = agents.random()(env, options);
      return [agent.beginEpisode(observation), agent.step(0, observation)].map((slate) => slate.join());
    });
    expect(new Set(firstSlates.flat()).size).toBe(8);
    const agent = agents.random()(env);
    agent.beginEpisode(observation);
    agent.endEpisode(0, observation);
    expect(agent.beginEpisode(observation).join()).toBe(firstSlates[3]![0]);
  });

  test("count episodes on from the last of all to the first", async () => {
    const env = await makeEnv(small);
    const { observation } = env.reset();
    for (const create of [agents.random(), agents.tabularQ()]) {
      const agent = create(env, { firstEpisode: 2 ** 32 - 1 });
      agent.beginEpisode(observation);
      agent.endEpisode(0, observation);
      expect(agent.snapshot()).toMatchObject({ episode: 0, step: 0 });
    }
  });
});

test("every arm of a bandit hears of an episode's end", async () => {
  const env = await makeEnv(small);
  const told: unknown[][] = [[], [], []];
  const { clickBandit, clusterClickStatistics } = agents;
  const agent = clusterClickStatistics({ agent: clickBandit({ arms: told.map(listener) }) })(env);
  await play(agent, env, 1);
  const [one, ...others] = told.map((heard) => heard.at(-1));
  expect(one).toBeTypeOf("number"); // the last reward
  expect(others).toEqual([one, one]);
  expect(agent.snapshot()).toMatchObject({ inner: { episode: 1, step: 0 } });
});
