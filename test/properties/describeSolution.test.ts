// What people read of an optimum, whole, with another number in every cell.
import { expect, test } from "vitest";
import { scenarios, type LtsTypes, type Solution } from "../../src/index.js";
import { describeSolution } from "../../src/report/describeSolution.js";
import { describeSolutions } from "../../src/report/describeSolutions.js";

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
  heldValues: [
    { length: 2, value: 198 },
    { length: 5, value: 160.25 },
  ],
  myopicValue: 91,
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

policy                         total engagement  error  regret  of the optimum
optimum                                  200.00  ±0.25    0.00          0.00 %
best mix for each exposure               199.13  ±0.13    0.88          0.44 %
… held for 2 steps                       198.00  ±0.13    2.00          1.00 %
… held for 5 steps                       160.25  ±0.13   39.75         19.88 %
mix that is best for one step             91.00  ±0.13  109.00         54.50 %
mix(1)                                   150.75  ±0.13   49.25         24.63 %
first, random                            120.50  ±0.13   79.50         39.75 %
mix(0)                                    90.00  ±0.13  110.00         55.00 %

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

/** A solution with those values, at those of two parameters. */
const cellAt = (sensitivity: number, memoryDiscount: number, value: number, myopicValue: number) => ({
  at: { sensitivity, memoryDiscount },
  solution: { ...solution, value, myopicValue },
});

test("solutions over two parameters are printed as a table, and a heat map of what the myopic answer loses", () => {
  const cells = [
    cellAt(0.1, 0.5, 200, 200),
    cellAt(0.1, 0.9, 250, 249),
    cellAt(0.2, 0.5, 300, 150),
    cellAt(0.2, 0.9, 400, 385),
  ];
  expect(`${describeSolutions(cells, described)}\n`).toBe(`\
lts-tradeoff · 4 worlds

sensitivity  memoryDiscount  optimal engagement  best fixed mix  it loses  best for one step loses  held for 2  held for 5
        0.1             0.5              200.00  mix(1)           24.63 %                   0.00 %      1.00 %     19.88 %
        0.1             0.9              250.00  mix(1)           39.70 %                   0.40 %     20.80 %     35.90 %
        0.2             0.5              300.00  mix(1)           49.75 %                  50.00 %     34.00 %     46.58 %
        0.2             0.9              400.00  mix(1)           62.31 %                   3.75 %     50.50 %     59.94 %

Best fixed mix, and what the mix that is best for one step loses against the optimum, by sensitivity (down) and memoryDiscount (across):

     0.5               0.9
0.1  ·· mix(1) 0.0 %   ░░ mix(1) 0.4 %
0.2  ██ mix(1) 50.0 %  ▒▒ mix(1) 3.8 %

· below 0.1 % ░ below 1 % ▒ below 5 % ▓ below 20 % █ more
`);
});

test("the loss of a noisy observer has a column where it was simulated", () => {
  const cell = { ...cellAt(0.1, 0.5, 200, 200), belief: { loss: 0.001234, standardError: 0.000021 } };
  const [titles, row] = describeSolutions([cell], described).split("\n").slice(2, 4);
  expect(titles).toMatch(/held for 5  noisy observer loses$/);
  expect(row).toMatch(/19\.88 % +0\.1234 % ±0\.0021$/);
});
