// Regret: the distance from the optimum, with an interval, and as it is printed.
import { expect, test } from "vitest";
import { makeWorld, policies, regretOf, scenarios, simulate, solve } from "../../src/index.js";
import { describeRegrets } from "../../src/report/describeRegrets.js";

test("a regret is the optimum less the mean, its interval wider by the optimum's error", () => {
  const regret = regretOf({ value: 200, valueError: 0.5 }, { mean: 150, ci95: [147, 152] });
  expect(regret).toEqual({ mean: 50, ci95: [47.5, 53.5], share: 0.25 });
});

test("the regret of a run is the difference of exact values, within its error", async () => {
  const world = makeWorld("lts-tradeoff", { timeBudget: 3 });
  const [solution, run] = await Promise.all([
    solve(world, { gridSize: 16 }),
    simulate(world, policies.random(), { users: 20_000, estimator: "expected" }),
  ]);
  const { mean } = regretOf(solution, run.metrics.totalReward);
  const exact = solution.value - solution.policies["random"]!;
  expect(Math.abs(mean - exact)).toBeLessThan(4 * run.metrics.totalReward.standardError);
});

test("regrets are printed from the smallest on", () => {
  const { metrics } = scenarios["lts-tradeoff"];
  const described = { label: "lts", metrics, rewardName: "engagement" };
  const regrets = [
    { policy: "b", optimum: 200, optimumError: 1, mean: 50, ci95: [46, 54] as const, share: 0.25 },
    { policy: "a", optimum: 100, optimumError: 1, mean: 10, ci95: [8, 12] as const, share: 0.1 },
  ];
  expect(`${describeRegrets(regrets, described, 70)}\n`).toBe(`\
policy  optimum  regret  95 % interval  of the optimum
a         100.0    10.0    [8.0, 12.0]         10.00 %
b         200.0    50.0   [46.0, 54.0]         25.00 %

Regret is the distance from the optimum, the most engagement that
somebody who knows the state of every user can bring.
`);
});
