import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import {
  agentPolicy,
  agents,
  compare,
  longTermSatisfaction,
  policies,
  simulate,
  trace,
  type BuiltInPolicy,
  type Run,
} from "../../src/index.js";
import { policiesFor, seeds, worlds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld, ownWorlds } from "../support/ownWorlds.js";

const seed = inject("fastCheckSeed");
const world = longTermSatisfaction({ sensitivity: 0.1 });

function result({ digest, metrics }: Pick<Run, "digest" | "metrics">): object {
  return { digest, metrics };
}

/** The textbook's mean and standard error of a sample. */
function sample(values: readonly number[]): { mean: number; standardError: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance, standardError: Math.sqrt(variance / values.length) };
}

describe("compare", () => {
  test("gives every policy the run that it would have had alone", async () => {
    const cases = worlds.chain((drawn) =>
      fc.record({
        drawn: fc.constant(drawn),
        rivals: fc.array(fc.constantFrom(...policiesFor(drawn.slateSize)), { minLength: 2, maxLength: 4 }),
        seed: seeds,
      }),
    );
    const property = fc.asyncProperty(cases, async ({ drawn, rivals, seed: runSeed }) => {
      const options = { users: 70, seed: runSeed };
      const { policies: compared } = await compare(drawn, rivals, options);
      for (const [place, policy] of rivals.entries()) {
        expect(result(compared[place]!)).toEqual(result(await simulate(drawn, policy, options)));
      }
    });
    await fc.assert(property, { seed, numRuns: 30 });
  });

  test("differs by exactly nothing from itself", async () => {
    const greedy = agentPolicy("greedy", agents.greedyCluster());
    const { pairs, ranking } = await compare(world, [policies.random(), policies.random()], { users: 5000, seed: 1 });
    expect(pairs).toHaveLength(1);
    const nothing = { mean: 0, standardError: 0, ci95: [0, 0], simultaneousCi95: [0, 0] };
    expect(pairs[0]).toMatchObject({ difference: nothing, shareBetter: 0, shareWorse: 0, significant: false });
    expect(ranking.inconclusive).toEqual([{ a: "random", b: "random" }]);
    const agent = await compare(world, [greedy, greedy], { users: 100, seed: 1 });
    expect(agent.pairs[0]!.difference).toEqual(nothing);
  });

  test("has of a pair what the two episodes of every user say", async () => {
    const users = Array.from({ length: 40 }, (_, user) => user);
    const returns = (policy: BuiltInPolicy): number[] =>
      users.map((user) => trace(world, policy, { user, seed: 5 }).steps.reduce((sum, step) => sum + step.reward, 0));
    const [first, second] = [returns(policies.first()), returns(policies.mix(2))];
    const differences = second.map((total, user) => total - first[user]!);
    const { pairs } = await compare(world, [policies.first(), policies.mix(2)], { users: users.length, seed: 5 });
    const { mean, standardError, variance } = sample(differences);
    const pair = pairs[0]!;
    expect(pair).toMatchObject({ a: "first", b: "mix(2)" });
    expect(pair.difference.mean).toBeCloseTo(mean, 9);
    expect(pair.difference.standardError).toBeCloseTo(standardError, 9);
    expect(pair.difference.ci95[0]).toBeCloseTo(mean - 2.0226909200367604 * standardError, 8);
    expect(pair.difference.simultaneousCi95).toEqual(pair.difference.ci95.map((bound) => expect.closeTo(bound, 9)));
    expect(pair.shareBetter).toBe(differences.filter((difference) => difference > 0).length / users.length);
    expect(pair.shareWorse).toBe(differences.filter((difference) => difference < 0).length / users.length);
    expect(pair.varianceRatio).toBeCloseTo((sample(first).variance + sample(second).variance) / variance, 9);
    expect(pair.equivalentSampleSize).toBe(users.length * pair.varianceRatio);
  });

  test("widens the intervals for the number of pairs, and names what is inconclusive", async () => {
    const rivals = [policies.first(), policies.random(), policies.mix(3)];
    const { pairs, ranking } = await compare(world, rivals, { users: 3000, seed: 5 });
    for (const { difference } of pairs) {
      const half = difference.simultaneousCi95[1] - difference.mean;
      expect(half / difference.standardError).toBeCloseTo(2.395323816753, 9); // t with 2,999 degrees of freedom at 1 - 0.05/6
    }
    expect(ranking.order[0]).toBe("mix(3)");
    expect(ranking.inconclusive).toEqual([{ a: "first", b: "random" }]); // both are random to the user
    expect(pairs.map(({ significant }) => significant)).toEqual([false, true, true]);
  });

  test("asks what if a parameter were another, on the same draws", async () => {
    const calmer = longTermSatisfaction({ sensitivity: 0.09 });
    const rivals = [policies.mix(3), { policy: policies.mix(3), world: calmer, name: "calmer" }];
    const options = { users: 2000, seed: 5 };
    const { policies: compared, pairs } = await compare(world, rivals, options);
    expect(compared[0]).not.toHaveProperty("parameters");
    expect(compared[1]).toMatchObject({ policy: "calmer", parameters: { sensitivity: 0.09 } });
    expect(result(compared[1]!)).toEqual(result(await simulate(calmer, policies.mix(3), options)));
    expect(pairs[0]!.varianceRatio).toBeGreaterThan(100);
  });

  test.each(Object.entries(ownWorlds))("compares in a custom world: %s", async (_, own) => {
    const steps = Math.min(6, own.timeBudget);
    const options = { users: 60, seed: 2, steps };
    const agent = agentPolicy("agent", agents.random());
    const rivals = [policies.random(), policies.first(), agent];
    const comparison = await compare(own, rivals, options);
    expect(comparison).toMatchObject({ scenario: own.scenario, world: own.hash, users: 60, steps });
    for (const [place, policy] of rivals.entries()) {
      expect(result(comparison.policies[place]!)).toEqual(result(await simulate(own, policy, options)));
    }
    const [a, b] = comparison.policies.map(({ metrics }) => metrics.totalReward.mean);
    expect(comparison.pairs[0]!.difference.mean).toBeCloseTo(b! - a!, 9);
  });

  test("refuses every mistake at once", async () => {
    const bad = [
      { policy: policies.mix(4) },
      { policy: policies.first(), world: filmWorld(), nme: "x" },
      { policy: policies.first(), name: "" },
    ];
    const told = await mistakesOf(() => compare(world, bad as never, { users: 0, seed: 1, worker: 2 } as never));
    expect(told).toEqual([
      expect.stringMatching(/^"worker" is not a run option/),
      expect.stringMatching(/^policies\[0\]: "policy" expected .*, got "mix\(4\)"$/),
      expect.stringMatching(/^policies\[1\]: "nme" is not a field of a variant/),
      expect.stringMatching(
        /^policies\[1\]: "world" expected a world with the same metrics as the comparison's, got "films"$/,
      ),
      expect.stringMatching(/^policies\[1\]: "timeBudget" expected 60 steps/),
      expect.stringMatching(/^policies\[2\]: "name" expected a text that is not empty, got ""$/),
      expect.stringMatching(/^"users" expected .*, got 0$/),
    ]);
    const options = { users: 10, seed: 1 };
    expect(await mistakesOf(() => compare(world, [policies.first()], options))).toEqual([
      expect.stringMatching(/^"policies" expected a list of 2 to 64 policies, got /),
    ]);
    const namesakes = [policies.first(), { policy: policies.random(), name: "first" }];
    expect(await mistakesOf(() => compare(world, namesakes, options))).toEqual([
      '"policies[1].name" expected one that no other has, got "first"',
    ]);
  });
});
