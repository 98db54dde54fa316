// What agents come to know in 20,000 episodes from nothing, beside the exact optimum. Prints the table.
import { describe, expect, test } from "vitest";
import { agents, makeEnv, scenarios, solve, type CreateAgent, type Solution } from "../../src/index.js";
import { gainOver, learntPolicy } from "../support/learnt.js";
import { play } from "../support/playing.js";

const EPISODES = 20_000;
const USERS = 300;

/** World, the best fixed mix, seeds. */
const worlds = [
  ["lts-tradeoff", 3, 10],
  ["lts", 0, 2],
  ["lts-notebook", 3, 2],
  ["choc-kale", 1, 2],
] as const;

/** Agent, and the share of the optimum that each seed must reach; policySearch is in `lts` at 99.4 to 100 %. */
const learners: readonly (readonly [name: "valueLearner" | "policySearch", shares: Record<string, number>])[] = [
  ["valueLearner", {}],
  ["policySearch", { lts: 0.99 }],
];

const solutions = new Map<string, Promise<Solution>>();

/** Solves a world once. */
async function solved(name: string): Promise<Solution> {
  const solution = solutions.get(name) ?? solve(scenarios[name]!);
  solutions.set(name, solution);
  return solution;
}

/** Trains an agent, and returns what it brings more than the mix. */
async function learn(create: CreateAgent, name: string, fromTop: number, seed: number) {
  const world = scenarios[name]!;
  const env = await makeEnv(world, { seed });
  const agent = create(env, { seed });
  const started = performance.now();
  await play(agent, env, EPISODES);
  const seconds = (performance.now() - started) / 1000;
  return { ...(await gainOver(world, fromTop, learntPolicy(create, agent.snapshot()), USERS)), seconds };
}

describe.each(learners)("%s", (agent, shares) => {
  describe.each(worlds)("in %s", (name, fromTop, seeds) => {
    test.each(Array.from({ length: seeds }, (_, seed) => seed))("comes near the optimum from seed %i", async (seed) => {
      const { value, policies } = await solved(name);
      const { mean, standardError, seconds } = await learn(agents[agent](), name, fromTop, seed);
      const total = policies[`mix(${fromTop})`]! + mean;
      const share = total / value;
      const words = `${total.toFixed(2)} ±${standardError.toFixed(2)}, ${(100 * share).toFixed(2)} %`;
      console.log(`${agent}, ${name}, seed ${seed}: ${words}, ${seconds.toFixed(1)} s`);
      expect(share).toBeGreaterThan(shares[name] ?? 0.995);
      if (name === "lts-tradeoff") expect(mean).toBeGreaterThan(4 * standardError);
    });
  });
});
