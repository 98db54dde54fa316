import { describe, expect, test } from "vitest";
import { agentNames, agents, longTermSatisfaction, makeEnv, parseAgent } from "../../src/index.js";

import { mistakesOf } from "../support/mistakesOf.js";

const small = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 9 });
describe("bad input", () => {
  test("to makers of agents is refused with every mistake", async () => {
    const refused: [() => unknown, number][] = [
      [() => parseAgent("cluster-bandits"), 1],
      [() => agents.greedy({ score: 1, choice: {} } as never), 2],
      [() => agents.greedyCluster({ clusterId: -1, proEducational: 1, feature: 2, colour: 1 } as never), 4],
      [() => agents.clusterClickStatistics({ agent: 1, memory: "day" } as never), 2],
      [() => agents.clickBandit({ arms: [agents.random()], algorithm: "ucb2", optimismScaling: 0 } as never), 3],
      [() => agents.clickBandit({ arms: [agents.random(), 1] } as never), 1],
      [() => agents.clusterBandit({ proEducational: [true, 1] } as never), 1],
      [() => agents.fixedLengthHistory({ agent: agents.random(), historyLength: 0, rememberUser: 1 } as never), 2],
      [
        () => agents.temporalAggregation({ agent: 0, aggregationPeriod: 0, discount: 2, switchingCost: -1 } as never),
        4,
      ],
      [() => agents.sufficientStatistics({ agent: agents.random() } as never), 1],
    ];
    for (const [call, mistakes] of refused) expect(await mistakesOf(call), String(call)).toHaveLength(mistakes);
  });

  test("to agents when they are opened is refused, too", async () => {
    const env = await makeEnv(longTermSatisfaction());
    for (const name of agentNames) {
      expect(
        await mistakesOf(() => parseAgent(name)(env, { seed: "", stream: -1, evalMode: 1, sead: 0 } as never)),
      ).toEqual([
        '"sead" is not an option of an agent (did you mean "seed"?)',
        '"seed" expected a text that is not empty, or a finite number, got ""',
        '"stream" expected an integer in [0, 4294967295], got -1',
        '"evalMode" expected true or false, got 1',
      ]);
    }
    const arms = [agents.random(), agents.random()];
    expect(await mistakesOf(() => agents.clickBandit({ arms })(env))).toEqual([
      expect.stringMatching(/^"observationSpace" expected counts of clicks: put clusterClickStatistics above, got /),
      '"arms" expected one for each of 4 clusters, got 2',
    ]);
    expect(await mistakesOf(() => agents.clusterBandit({ proEducational: [true] })(env))).toHaveLength(1);
  });

  test("snapshots of other agents are refused by name, and those inside take nothing halfway", async () => {
    const env = await makeEnv(small);
    const { observation } = env.reset();
    const agent = parseAgent("cluster-bandit-thompson")(env);
    agent.beginEpisode(observation);
    const before = agent.snapshot() as { inner: { inner: unknown[] } };
    const foreign = structuredClone(before);
    foreign.inner.inner[2] = parseAgent("random")(env).snapshot();
    expect(await mistakesOf(() => agent.restore(foreign as never))).toEqual([
      '"snapshot.agent" expected "greedyCluster", got "random"',
    ]);
    expect(await mistakesOf(() => agent.restore(parseAgent("cluster-bandit")(env).snapshot()))).toHaveLength(1);
    expect(agent.snapshot()).toEqual(before);
  });
});
