// Agents that learn from whole episodes are refused where every user has an agent of its own.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  compare,
  makeWorld,
  policies,
  simulate,
  trace,
  type CreateAgent,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";

const world = makeWorld("lts-tradeoff", { timeBudget: 3 });

const learners: Readonly<Record<string, CreateAgent>> = {
  "a value learner": agents.valueLearner(),
  "a policy search": agents.policySearch(),
  "bandits that remember users": agents.clusterBandit({ memory: "lifetime" }),
  "one below a layer": agents.temporalAggregation({ agent: agents.valueLearner(), aggregationPeriod: 2 }),
  "one below statistics": agents.clusterClickStatistics({ agent: agents.policySearch() }),
};

function rule(field: string): unknown {
  return expect.stringMatching(new RegExp(`^"${field}" expected agents that learn within an episode`));
}

describe.each(Object.entries(learners))("%s", (_, createAgent) => {
  test("is refused, however it is handed over", async () => {
    expect(await mistakesOf(() => agentPolicy("learner", createAgent as never))).toEqual([rule("createAgent")]);
    const policy = { name: "learner", createAgent: createAgent as never };
    const told = [rule("policy.createAgent")];
    expect(await mistakesOf(() => simulate(world, policy, { users: 1 }))).toEqual(told);
    expect(await mistakesOf(() => trace(world, policy, { user: 0 }))).toEqual(told);
    expect(await mistakesOf(() => compare(world, [policies.first(), policy], { users: 1 }))).toEqual([
      expect.stringContaining("expected agents that learn within an episode"),
    ]);
  });
});

test("agents that learn within an episode, and functions that restore what was learnt, are taken", async () => {
  const within = [
    agents.random(),
    agents.tabularQ({ bounds: [0, 1], numBins: 2 }),
    agents.clusterBandit(),
    agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 2 }),
  ].map((create, place) => agentPolicy(`within ${place}`, create as never));
  const restored = agentPolicy("learnt", (spaces, options) => {
    return agents.valueLearner()(spaces as never, { ...options, evalMode: true }) as never;
  });
  for (const policy of [...within, restored]) expect((await simulate(world, policy, { users: 2 })).users).toBe(2);
});
