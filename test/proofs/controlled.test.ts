// The estimator "controlled" in full: against exact values, against sampled rewards, with coefficients that are wrong, and its intervals.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  beliefPolicy,
  makeWorld,
  policies,
  scenarios,
  simulate,
  solve,
  type BuiltInPolicy,
} from "../../src/index.js";
import type { Coefficients } from "../../src/control/coefficients.js";
import { ControlledReturn } from "../../src/control/controlledReturn.js";
import { episodeEngine } from "../../src/engines/episodeEngine.js";
import { slateFiller } from "../../src/policies/slateFiller.js";
import { drawsAt } from "../../src/random/drawsAt.js";
import { seedKey } from "../../src/random/seedKey.js";
import { rewardWeights } from "../../src/statistics/rewardWeights.js";
import { simulateBlock } from "../../src/world/blockEngine.js";
import { layoutOf } from "../../src/world/metrics.js";
import { LtsControl } from "../../src/worlds/longTermSatisfaction/ltsControl.js";
import type { Figure } from "../support/figures.js";
import { expectAll } from "./expectAll.js";

const estimator = "controlled";
const RELATIVE = 2e-5;

const solvable = Object.entries(scenarios).filter(([, world]) => world.parameters.resample === "step");

test.each(solvable)("means are the exact values to 2e-5: %s", async (_, world) => {
  const solution = await solve(world);
  const exact: Readonly<Record<string, number>> = { ...solution.policies, optimal: solution.value };
  const mixes = Array.from({ length: world.slateSize + 1 }, (_each, m) => policies.mix(m));
  for (const policy of [policies.optimal(solution), policies.random(), ...mixes]) {
    const { metrics } = await simulate(world, policy, { users: 1_000_000, estimator, workers: "auto" });
    const { mean, standardError } = metrics.totalReward;
    const value = exact[policy.name]!;
    const apart = Math.abs(mean - value);
    console.log(`${policy.name}: ${mean} ±${standardError}, exact ${value}, variance ratio ${metrics.varianceRatio}`);
    expect(apart, policy.name).toBeLessThan(RELATIVE * value);
    expect(apart, policy.name).toBeLessThan(4 * standardError + solution.policyError + solution.valueError);
  }
});

test("means are those of sampled rewards, over worlds, policies and equations", async () => {
  const figures: Figure[] = [];
  const options = { users: 200_000, seed: 3, estimator, workers: "auto" } as const;
  for (const equations of ["prose", "notebook", "chocKale"] as const) {
    for (const parameters of [{}, { sensitivity: 0.5, memoryDiscount: 0.5 }, { resample: "episode" }] as const) {
      const world = makeWorld("lts", { equations, timeBudget: 20, ...parameters });
      for (const policy of [policies.first(), policies.random(), policies.mix(1), policies.mix(3)]) {
        const { totalReward, sampledTotalReward: sampled } = (await simulate(world, policy, options)).metrics;
        const name = `${equations} ${JSON.stringify(parameters)} ${policy.name}`;
        const standardError = sampled!.standardError + totalReward.standardError;
        figures.push({ name, simulated: totalReward.mean, exact: sampled!.mean, standardError, allowance: 0 });
      }
    }
  }
  expectAll(figures, figures.length);
});

test("means are those of sampled rewards under agents, which learn from what users did, and by noisy satisfaction", async () => {
  const figures: Figure[] = [];
  for (const equations of ["prose", "notebook", "chocKale"] as const) {
    const world = makeWorld("lts-tradeoff", { equations, timeBudget: 12 });
    const bandit = agents.clusterBandit({ algorithm: "thompson" });
    for (const policy of [
      agentPolicy("bandit", bandit),
      agentPolicy("tabularQ", agents.tabularQ({ bounds: [0, 1], numBins: 3 })),
      beliefPolicy(await solve(world)),
    ]) {
      const { totalReward, sampledTotalReward: sampled } = (
        await simulate(world, policy as never, { users: 6000, seed: 5, estimator })
      ).metrics as unknown as Record<string, { mean: number; standardError: number }>;
      const standardError = sampled!.standardError; // which the controlled one is small beside
      expect(totalReward!.standardError).toBeLessThan(0.4 * standardError);
      figures.push({
        name: `${equations} ${policy.name}`,
        simulated: totalReward!.mean,
        exact: sampled!.mean,
        standardError,
      });
    }
  }
  expectAll(figures, 9);
});

describe("with coefficients that are wrong", () => {
  const world = makeWorld("lts-tradeoff", { timeBudget: 6 });
  const { timeBudget: steps } = world;
  const [seed, weights] = ["spoilt", rewardWeights(steps, 1, 0)];
  const metrics = Object.entries(world.metrics);

  const meanUnder = (policy: BuiltInPolicy, spoil: (fitted: number, number: number) => number, users: number) => {
    const control = new LtsControl(world.parameters, policy);
    const { numFeatures, numTerms } = control;
    const drawn = drawsAt({ seed: "coefficients" });
    const coefficients: Coefficients = {
      numFeatures,
      numTerms,
      features: new Float64Array((steps + 1) * numFeatures).map((_, i) => {
        return i < steps * numFeatures ? spoil(drawn.normal(), i) : 0;
      }),
      terms: new Float64Array(steps * numTerms).map((_, i) => spoil(drawn.normal(), i)),
    };
    const layout = layoutOf(metrics, world.rewardName);
    const options = { seed, key: seedKey(seed), steps, estimator, weights, metrics, layout } as const;
    const controlled = new ControlledReturn(control, coefficients, weights);
    const engine = episodeEngine(world, slateFiller(world, policy, seed), options, controlled);
    const returns = Array.from({ length: users / 4096 }, (_, block) => {
      return [...simulateBlock(engine, { firstUser: 4096 * block, users: 4096 }).returns];
    }).flat();
    const mean = returns.reduce((sum, x) => sum + x, 0) / users;
    const variance = returns.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (users - 1);
    return { mean, standardError: Math.sqrt(variance / users) };
  };

  test.each([policies.random(), policies.mix(1), policies.mix(3)].map((policy) => [policy.name, policy] as const))(
    "means stay where they are: %s",
    async (name, policy) => {
      const solution = await solve(world);
      for (const scale of [0, 1, 30]) {
        const { mean, standardError } = meanUnder(policy, (x) => scale * x, 40_960);
        console.log(`${name}, coefficients of ${scale}: ${mean} ±${standardError}`);
        expect(Math.abs(mean - solution.policies[name]!)).toBeLessThan(4 * standardError + solution.policyError);
      }
    },
  );
});

test("95 percent intervals hold in 95 percent of 2,000 runs of 30 users", async () => {
  const world = makeWorld("lts-tradeoff", { timeBudget: 3 });
  const { policies: values } = await solve(world);
  const experiments = 2000;
  for (const policy of [policies.random(), policies.mix(2)]) {
    let held = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const run = await simulate(world, policy, { users: 30, seed: `coverage ${experiment}`, estimator });
      const [low, high] = run.metrics.totalReward.ci95;
      if (low <= values[policy.name]! && values[policy.name]! <= high) held += 1;
    }
    console.log(`${policy.name}: ${((100 * held) / experiments).toFixed(2)} %`);
    expect(Math.abs(held / experiments - 0.95), policy.name).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / experiments));
  }
});
