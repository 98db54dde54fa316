import { describe, expect, test } from "vitest";
import {
  agentNames,
  agents,
  choiceModels,
  longTermSatisfaction,
  makeEnv,
  parseAgent,
  scenarios,
  type CreateAgent,
} from "../../src/index.js";
import { checkAgent } from "../../src/testing/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const small = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 9 });
const score = ({ educativeness }: { educativeness: number }): number => 1 - educativeness;

/** Every layer around every kind of agent, and layers around layers. */
const nests: Record<string, CreateAgent> = {
  greedy: agents.greedy({ score }) as CreateAgent,
  "greedy under a cascade": agents.greedy({
    score,
    choice: choiceModels.exponentialCascade({ attentionProbability: 0.9, scoreScaling: 0.3 }),
  }) as CreateAgent,
  myopicSlate: agents.myopicSlate({ score, choice: choiceModels.multinomialLogit({ noClickLogit: 0 }) }) as CreateAgent,
  "myopicSlate, greedily by a field": agents.myopicSlate({
    score,
    choice: choiceModels.multinomialProportional({ minNormalizer: 0 }),
    value: "educativeness",
    optimizer: "greedy",
  }) as CreateAgent,
  "tabularQ, the least tried": agents.tabularQ({ explorationPolicy: "minCount", ignoreResponse: false }),
  "tabularQ of ordered slates": agents.tabularQ({ ordinalSlates: true, bounds: [0, 1], numBins: 3 }),
  fixedLengthHistory: agents.fixedLengthHistory({ agent: agents.random(), historyLength: 3, rememberDoc: true }),
  "a history of a lifetime": agents.fixedLengthHistory({
    agent: agents.tabularQ(),
    historyLength: 2,
    rememberResponse: false,
    memory: "lifetime",
  }),
  temporalAggregation: agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 3 }),
  "temporalAggregation with a cost": agents.temporalAggregation({
    agent: agents.tabularQ({ bounds: [0, 1], numBins: 4 }),
    aggregationPeriod: 2,
    discount: 0.5,
    switchingCost: 1,
  }),
  "a bandit over random agents and bandits": agents.clusterClickStatistics({
    memory: "lifetime",
    agent: agents.clickBandit({
      algorithm: "thompson",
      arms: [agents.random(), agents.clusterBandit({ algorithm: "thompson" }), agents.random()],
    }),
  }),
  "a history of statistics of aggregation": agents.fixedLengthHistory({
    historyLength: 2,
    agent: agents.clusterClickStatistics({
      agent: agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 2, switchingCost: 2 }),
    }),
  }),
};

describe.each(Object.entries(scenarios))("in %s", (_, world) => {
  test.each(agentNames)("%s passes the check", async (name) => {
    await checkAgent(parseAgent(name), () => makeEnv(world), { numRuns: 4 });
  });
});

describe("in a small world", () => {
  test.each(Object.entries(nests))("%s passes the check", async (_, create) => {
    await checkAgent(create, () => makeEnv(small), { numRuns: 15 });
  });
});

describe("in an own world", () => {
  const general = [agents.random(), agents.first(), agents.tabularQ({ bounds: [0, 4], numBins: 5 })];

  test("agents that need nothing of the documents pass the check", async () => {
    for (const create of general) await checkAgent(create, () => makeEnv(filmWorld()), { numRuns: 10 });
  });

  test("agents that need clusters or a feature say what is missing", async () => {
    const env = await makeEnv(filmWorld());
    expect(await mistakesOf(() => agents.clusterBandit()(env))).toEqual([
      expect.stringMatching(/^"observationSpace" expected responses with a Discrete clusterId from 0 on, got /),
    ]);
    expect(await mistakesOf(() => agents.greedyCluster()(env).beginEpisode(env.reset().observation))).toEqual([
      '"observation.doc[0].educativeness" expected a finite number, got undefined',
    ]);
  });
});
