// Promises that agents make of their snapshots, of those inside of them, and of where all of them draw.
import { describe, expect, test } from "vitest";
import { banditAlgorithmNames } from "../../src/agents/bandits/algorithms.js";
import {
  agentNames,
  agents,
  Bandit,
  GlmBandit,
  longTermSatisfaction,
  makeEnv,
  parseAgent,
  spaces,
} from "../../src/index.js";
import type { Agent, AgentOptions, CreateAgent, Environment, Observation } from "../../src/index.js";
import { AGENT_STREAM, wordSource } from "../../src/random/address.js";
import { Draws } from "../../src/random/draws.js";
import { seedKey } from "../../src/random/seedKey.js";

const world = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 6 });
const { random, clickBandit, clusterClickStatistics, fixedLengthHistory, temporalAggregation, tabularQ } = agents;

function bandit(...arms: CreateAgent[]): CreateAgent {
  return clusterClickStatistics({ agent: clickBandit({ arms, algorithm: "thompson" }), memory: "lifetime" });
}

const nests: Readonly<Record<string, CreateAgent>> = {
  ...Object.fromEntries(agentNames.map((name) => [name, parseAgent(name)])),
  "bandit of random agents": bandit(random(), random(), random()),
  "history above a table": fixedLengthHistory({ agent: tabularQ(), historyLength: 2, memory: "lifetime" }),
  "aggregation above random": temporalAggregation({ agent: random(), aggregationPeriod: 2, switchingCost: 1 }),
};

/** Lives so many steps, from a new user on. */
function live(agent: Agent, env: Environment, steps: number): void {
  let slate = agent.beginEpisode(env.reset().observation);
  for (let step = 0; step < steps; step++) {
    const { reward, observation, terminated } = env.step(slate);
    if (terminated) return agent.endEpisode(reward, observation);
    slate = agent.step(reward, observation);
  }
}

/** Writes over everything in plain data. */
function spoil(data: unknown): void {
  if (typeof data !== "object" || data === null) return;
  const fields = data as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    spoil(value);
    if (typeof value !== "object" || value === null) fields[name] = "spoilt";
  }
  if (Array.isArray(data)) data.push("spoilt");
  else fields["more"] = "spoilt";
}

describe("a snapshot", () => {
  test.each(Object.keys(nests))("of %s shares nothing with its agent, taken or given", async (name) => {
    const env = await makeEnv(world, { seed: "shares" });
    const agent = nests[name]!(env, { seed: 5 });
    for (let episode = 0; episode < 3; episode++) live(agent, env, 9);
    live(agent, env, 3);
    const taken = agent.snapshot();
    const text = JSON.stringify(taken);
    spoil(taken);
    expect(JSON.stringify(agent.snapshot())).toBe(text);
    const given = JSON.parse(text);
    agent.restore(given);
    spoil(given);
    expect(JSON.stringify(agent.snapshot())).toBe(text);
    const kept = agent.snapshot();
    live(agent, env, 9);
    expect(JSON.stringify(kept)).toBe(text);
  });

  test.each(["bandit", "glm bandit"])("of a %s shares nothing with it, either", (kind) => {
    const [one, glm] = [new Bandit("thompson", 2), new GlmBandit("glmThompson", 1)];
    const pull = (): void => (kind === "bandit" ? one.update(1, 0.5) : glm.update([1], 0.5));
    const it = kind === "bandit" ? one : glm;
    pull();
    const taken = it.snapshot();
    const text = JSON.stringify(taken);
    spoil(taken);
    expect(JSON.stringify(it.snapshot())).toBe(text);
    const given = JSON.parse(text);
    it.restore(given);
    pull();
    expect(JSON.stringify(given)).toBe(text);
    expect(JSON.stringify(it.snapshot())).not.toBe(text);
  });

  test.each([0, 1, 2])("that arm %i refuses leaves every arm as it was", async (wrong) => {
    const env = await makeEnv(world, { seed: "back" });
    const agent = bandit(random(), random(), random())(env);
    live(agent, env, 2);
    const early = agent.snapshot() as { inner: { inner: unknown[] } };
    live(agent, env, 9);
    live(agent, env, 3);
    const before = agent.snapshot() as typeof early;
    expect(new Set(before.inner.inner.map((arm) => JSON.stringify(arm))).size).toBe(3); // by their streams
    for (const [place, arm] of before.inner.inner.entries()) expect(arm).not.toEqual(early.inner.inner[place]);
    early.inner.inner[wrong] = parseAgent("first")(env).snapshot();
    expect(() => agent.restore(early as never)).toThrow('"snapshot.agent"');
    expect(agent.snapshot()).toEqual(before);
  });
});

const allLayers = (agent: CreateAgent): CreateAgent[] => [
  bandit(agent, random(), random()),
  fixedLengthHistory({ agent, historyLength: 1 }),
  temporalAggregation({ agent, aggregationPeriod: 2 }),
  clusterClickStatistics({ agent }),
];

describe("agents inside of agents", () => {
  test("draw from streams of their own, all the way down", async () => {
    const env = await makeEnv(world);
    const streams: number[] = [];
    const heard =
      (create: CreateAgent): CreateAgent =>
      (told, options?: AgentOptions) => {
        streams.push(options?.stream ?? AGENT_STREAM);
        return create(told, options);
      };
    const leaf = heard(random());
    const inner = heard(bandit(leaf, leaf, leaf));
    heard(bandit(inner, inner, leaf))(env);
    expect(streams).toHaveLength(1 + 3 + 6);
    expect(new Set(streams).size).toBe(streams.length);
  });

  test("are handed seed, episode and mode as well", async () => {
    const env = await makeEnv(world);
    const opening = { seed: "mine", firstEpisode: 7, evalMode: true };
    const heard: unknown[] = [];
    const listening: CreateAgent = (told, options) => {
      heard.push(options);
      return random()(told, options);
    };
    for (const create of allLayers(listening)) create(env, opening);
    expect(heard).toEqual(Array(4).fill(expect.objectContaining(opening)));
  });
});

describe("a coin", () => {
  const seeds = Array.from({ length: 300 }, (_, i) => `coin ${i}`);
  const coins = seeds.map((seed) => {
    const one = new Bandit("thompson", 2, { seed });
    one.update(0, 0.5);
    return (one.snapshot() as { reward: number[] }).reward[0]!;
  });

  test("is as likely as the reward says, and is none of the draws of the scores", () => {
    const agreements = Array.from({ length: 12 }, (_, place) => {
      return seeds.filter((seed, i) => {
        const draws = new Draws(wordSource(seedKey(seed), AGENT_STREAM, 0), 0);
        let uniform = 0;
        for (let drawn = 0; drawn <= place; drawn++) uniform = draws.uniform();
        return coins[i] === (uniform < 0.5 ? 1 : 0);
      }).length;
    });
    // 300 fair coins are within five standard deviations of 150.
    for (const count of [...agreements, coins.filter((coin) => coin === 1).length]) {
      expect(Math.abs(count - 150)).toBeLessThan(44);
    }
  });

  test("is thrown anew at every pull, for Thompson sampling alone", () => {
    for (const algorithm of banditAlgorithmNames) {
      const one = new Bandit(algorithm, 2, { seed: 3 });
      const sums = Array.from({ length: 40 }, () => {
        one.update(0, 0.25);
        return (one.snapshot() as { reward: number[] }).reward[0]!;
      });
      const thrown = new Set(sums.map((sum, i) => sum - (sums[i - 1] ?? 0)));
      expect([...thrown].toSorted()).toEqual(algorithm === "thompson" ? [0, 1] : [0.25]);
    }
  });
});

const clicks = (algorithm: string, memory: string): object => ({
  agent: "clusterClickStatistics",
  settings: { memory },
  inner: { agent: "clickBandit", settings: { arms: 3, algorithm, optimismScaling: 1 } },
});

describe("settings", () => {
  test.each<[string, object]>([
    ["random", { agent: "random" }],
    ["first", { agent: "first" }],
    ["least-educational", { agent: "greedyCluster", settings: { proEducational: false, clusterId: null } }],
    ["most-educational", { agent: "greedyCluster", settings: { proEducational: true, feature: "educativeness" } }],
    ["cluster-bandit", clicks("ucb1", "episode")],
    ["cluster-bandit-lifetime", clicks("ucb1", "lifetime")],
    ["cluster-bandit-kl-ucb", clicks("klUcb", "episode")],
    ["cluster-bandit-thompson", clicks("thompson", "episode")],
    ["tabular-q", { agent: "tabularQ", settings: { bounds: [0, 1], numBins: 11 } }],
  ])("of %s are those that its name says", async (name, settings) => {
    const env = await makeEnv(world);
    expect(parseAgent(name)(env).snapshot()).toMatchObject(settings);
  });

  test("are known for every name", () => {
    expect(agentNames).toHaveLength(11);
  });
});

/** Counts what was seen. */
const counting = {
  name: "counting",
  space: new spaces.Box({ low: 0, high: 1000 }),
  initial: 0,
  update: (count: number) => count + 1,
};

describe("memory", () => {
  const layers: Readonly<Record<string, (memory?: "episode" | "lifetime") => (agent: CreateAgent) => CreateAgent>> = {
    clusterClickStatistics: (memory) => (agent) => clusterClickStatistics({ agent, ...(memory && { memory }) }),
    fixedLengthHistory: (memory) => (agent) =>
      fixedLengthHistory({ agent, historyLength: 20, ...(memory && { memory }) }),
    sufficientStatistics: (memory) => (agent) =>
      agents.sufficientStatistics({ agent, ...(memory && { memory }), statistics: () => counting }),
  };

  test.each(Object.keys(layers))("of %s is an episode's or a lifetime's", async (layer) => {
    for (const memory of [undefined, "episode", "lifetime"] as const) {
      const env = await makeEnv(world, { seed: "memory" });
      const seen: string[] = [];
      const listening: CreateAgent = (told, options) => {
        const agent = agents.first()(told, options);
        const beginEpisode = (observation: Observation): number[] => {
          seen.push(JSON.stringify((observation.user as { sufficientStatistics: unknown }).sufficientStatistics));
          return agent.beginEpisode(observation);
        };
        return { ...agent, beginEpisode };
      };
      const agent = layers[layer]!(memory)(listening)(env);
      for (let episode = 0; episode < 2; episode++) live(agent, env, 9);
      // What an episode begins with tells of the one before, or is as at the very beginning.
      expect(emptied(seen[1]!) === emptied(seen[0]!)).toBe(memory !== "lifetime");
    }
  });
});

/** How much there is, whatever it is. */
function emptied(text: string): string {
  return text.replaceAll(/\{"user".*?\}(?=,null|\])/g, "something");
}
