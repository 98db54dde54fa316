// What people read of an optimum, whole, with another number in every cell.
import { expect, test } from "vitest";
import { scenarios, type LtsTypes, type Solution } from "../../src/index.js";
import { describeSolution } from "../../src/report/describeSolution.js";

const world = scenarios["lts-tradeoff"];
const described = { label: "lts-tradeoff", metrics: world.metrics, rewardName: "engagement", rewardUnit: "s" };

const solution: Solution<LtsTypes> = {
  scenario: "lts-tradeoff",
  parameters: world.parameters,
  world: world.hash,
  steps: 6,
  discount: 0.9,
  warmUp: 1,
  value: 200,
  valueError: 0.25,
  tableValue: 199.125,
  policies: { first: 120.5, random: 120.5, "mix(0)": 90, "mix(1)": 150.75 },
  policyError: 0.125,
  table: {
    stateName: "exposure",
    states: [-3, -1, 1, 3],
    mix: [
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [1, 0, 0, 0],
      [1, 1, 0, 1],
      [0, 0, 0, 0],
    ],
  },
  refinements: [{ states: 8, documents: 8, value: 1, change: null }],
  timing: { seconds: 2 },
};

test("an optimum is printed with every policy's regret, and with mixes by the steps that are left", () => {
  expect(`${describeSolution(solution, described)}\n`).toBe(`\
lts-tradeoff · 6 steps · discount 0.9 · warm-up 1 step

policy                      total engagement  error  regret  of the optimum
optimum                               200.00  ±0.25    0.00          0.00 %
best mix for each exposure            199.13  ±0.13    0.88          0.44 %
mix(1)                                150.75  ±0.13   49.25         24.63 %
first, random                         120.50  ±0.13   79.50         39.75 %
mix(0)                                 90.00  ±0.13  110.00         55.00 %

steps left  best mix by exposure
    6 to 4  mix(1)
         3  mix(1) below -2.0, mix(0) above
         2  mix(1) below 0.0, mix(0) below 2.0, mix(1) above
         1  mix(0)

The optimum knows every user's exposure, which no agent observes; so does the best mix for each exposure.
`);
});

test("of many different steps the last are printed, as they are those that differ", () => {
  const mix = Array.from({ length: 40 }, (_, step) => (step % 2 === 0 ? [1, 1, 1, 1] : [0, 0, 0, 0]));
  const lines = describeSolution({ ...solution, steps: 40, table: { ...solution.table, mix } }, described).split("\n");
  const from = lines.findIndex((line) => line.startsWith("steps left"));
  expect(lines[from + 1]!.trim()).toMatch(/^… +16 rows more$/);
  expect(lines[from + 2]!.trim()).toBe("24  mix(1)");
  expect(lines[from + 25]!.trim()).toBe("1  mix(0)");
});
