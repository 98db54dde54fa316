import { describe, expect, test } from "vitest";
import { agents, longTermSatisfaction, makeEnv, type Json } from "../../src/index.js";
import { listener, play, showing } from "../support/playing.js";

const small = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 9 });

describe("temporalAggregation", () => {
  test("decides every period, holds its slate and sums up the rewards", async () => {
    const world = longTermSatisfaction({ timeBudget: 7, resample: "episode", slateSize: 1 });
    const env = await makeEnv(world);
    const told: unknown[] = [];
    const agent = agents.temporalAggregation({ agent: listener(told), aggregationPeriod: 3, discount: 0.5 })(env);
    const [rewards = []] = await play(agent, env, 1);
    const [a, b, c, d, e, f, g] = rewards as [number, number, number, number, number, number, number];
    expect(told).toEqual([undefined, a + 0.5 * b + 0.25 * c, d + 0.5 * e + 0.25 * f, g]);
  });

  test("takes the cost of a switch off the reward of the new slate", async () => {
    const world = longTermSatisfaction({ timeBudget: 3, resample: "episode", slateSize: 1 });
    const env = await makeEnv(world);
    const told: unknown[] = [];
    const agent = agents.temporalAggregation({ agent: listener(told), aggregationPeriod: 1, switchingCost: 5 })(env);
    const [rewards = []] = await play(agent, env, 1);
    expect(told).toEqual([undefined, rewards[0], rewards[1]! - 5, rewards[2]! - 5]);
  });

  test("holds documents wherever they are now, and positions where one is gone", async () => {
    const env = await makeEnv(small);
    const agent = agents.temporalAggregation({ agent: showing([2, 0]), aggregationPeriod: 99 })(env);
    const { observation } = env.reset();
    const slateOf = (doc: readonly unknown[]): number[] => agent.step(0, { ...observation, doc });
    const [a, b, c, d] = [{ level: 1, tags: ["a"] }, { level: 2 }, { level: 1, tags: ["c"] }, { level: -0 }];
    expect(agent.beginEpisode({ ...observation, doc: [a, b, c, d, d] as never })).toEqual([2, 0]);
    expect(slateOf([b, d, d, c, a])).toEqual([3, 4]);
    expect(slateOf([a, b, c, d, d])).toEqual([2, 0]); // from the positions of the slate that was decided on
    expect(slateOf([{ tags: ["a"], level: 1 }, b, structuredClone(c), d, d])).toEqual([2, 0]);
    expect(slateOf([a, a, d, c, c])).toEqual([3, 0]); // the same position, else the lowest
    expect(slateOf([b, a, d, d, d])).toEqual([2, 0]); // one of the two is gone
    expect(slateOf([])).toEqual([2, 0]);
  });

  test("holds as many of equal documents as there were, each where it is if it can be", async () => {
    const env = await makeEnv(small, { allowRepeats: true });
    const [x, y] = [{ level: 0 }, { level: -0 }];
    const heldOver = (slate: readonly number[], first: readonly unknown[], then: readonly unknown[]): number[] => {
      const agent = agents.temporalAggregation({ agent: showing(slate), aggregationPeriod: 2 })(env);
      const { observation } = env.reset();
      agent.beginEpisode({ ...observation, doc: first as never });
      return agent.step(0, { ...observation, doc: then as never });
    };
    expect(heldOver([0, 3], [x, y, y, x, y], [y, x, x, x, y])).toEqual([1, 3]);
    expect(heldOver([0, 3], [x, y, y, x, y], [y, y, y, x, y])).toEqual([0, 3]); // one of two is gone
    expect(heldOver([3, 0], [x, y, y, x, y], [y, y, x, y, x])).toEqual([2, 4]);
    expect(heldOver([1, 1], [x, y, x, x, x], [x, x, x, y, x])).toEqual([3, 3]); // one document twice
  });

  test("refuses snapshots whose documents are not those of a slate", async () => {
    const env = await makeEnv(small);
    const agent = agents.temporalAggregation({ agent: showing([2, 0]), aggregationPeriod: 9 })(env);
    agent.beginEpisode(env.reset().observation);
    const before = agent.snapshot() as { documents: Json[]; slate: number[] };
    expect(before).toMatchObject({
      slate: [2, 0],
      documents: [2, 0].map((at) => env.reset({ user: 0 }).observation.doc[at]),
    });
    for (const [given, field] of [
      [{ ...before, documents: before.documents.slice(1) }, "snapshot.documents"],
      [{ ...before, documents: { length: 2 } }, "snapshot.documents"],
      [{ ...before, ids: ["2", "0"] }, "ids"], // of versions that held documents by their ids
    ] as const) {
      expect(() => agent.restore(given)).toThrow(`"${field}" `);
      expect(agent.snapshot()).toEqual(before);
    }
  });

  test("charges for other documents, not for the same ones elsewhere", async () => {
    const env = await makeEnv(small);
    const costs = (slates: readonly (readonly number[])[], docs: readonly (readonly unknown[])[]): number[] => {
      const told: number[] = [];
      const agent = agents.temporalAggregation({
        agent: showing(...slates),
        aggregationPeriod: 1,
        switchingCost: 5,
      })(env);
      const { observation } = env.reset();
      docs.forEach((doc, step) => {
        const seen = { ...observation, doc: doc as never };
        if (step === 0) agent.beginEpisode(seen);
        else agent.step(0, seen);
        told.push((agent.snapshot() as { reward: number }).reward);
      });
      return told;
    };
    const [first, moved, other] = [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [0, 9, 2, 3, 4],
    ];
    expect(
      costs(
        [
          [0, 1],
          [4, 3],
        ],
        [first, moved],
      ),
    ).toEqual([0, 0]);
    expect(
      costs(
        [
          [0, 1],
          [3, 4],
        ],
        [first, moved],
      ),
    ).toEqual([0, -5]);
    expect(
      costs(
        [
          [0, 1],
          [0, 1],
        ],
        [first, other],
      ),
    ).toEqual([0, -5]);
    expect(costs([[0, 1], [0]], [first, first])).toEqual([0, -5]);
  });
});
