// Exact values beside published ones and beside simulation. Prints them; fails beyond 4 standard errors.
import { expect, test } from "vitest";
import { drawsAt, makeWorld, policies, simulate, solve, type Parameters } from "../../src/index.js";
import type { Figure } from "../support/figures.js";
import { expectAll } from "./expectAll.js";

const WORLDS = 50;
const USERS = 400_000;
/** How near the figures are to one another, of their value, unless their own errors are larger. */
const RELATIVE = 2e-5;

/** RecSim's world with one document on a slate: exact figures of others, of six digits. */
const published: [Partial<Parameters>, Readonly<Record<string, number>>, number][] = [
  [{}, { random: 948.41, "mix(1)": 1116.68, "mix(0)": 786.09 }, 1116.68],
  [{ numCandidates: 20 }, { "mix(1)": 1136.29 }, 1136.29],
  [{ sensitivity: 0.1 }, { random: 952.46, "mix(1)": 843.71, "mix(0)": 996.49 }, 1023.87],
  [{ sensitivity: 0.9 }, { random: 1250.51, "mix(1)": 189.65, "mix(0)": 4081.67 }, 4161.89],
  [{ memoryDiscount: 0.9, sensitivity: 0.1 }, { random: 962.69, "mix(1)": 539.34, "mix(0)": 1520.24 }, 1564.5],
];

test.each(published)("values of choc-kale with %o are those that others found", async (parameters, values, optimum) => {
  const solution = await solve(makeWorld("choc-kale", { slateSize: 1, ...parameters }));
  console.log(`optimum ${solution.value} ±${solution.valueError}, published ${optimum}`);
  for (const [name, value] of Object.entries(values)) {
    expect(Math.abs(solution.policies[name]! - value), name).toBeLessThan(3e-5 * value + solution.policyError);
  }
  expect(Math.abs(solution.value - optimum)).toBeLessThan(3e-5 * optimum + solution.valueError);
});

/** A world with parameters drawn at random. */
function randomWorld(number: number) {
  const draws = drawsAt({ seed: "random worlds", user: number });
  const between = (least: number, greatest: number): number => least + (greatest - least) * draws.uniform();
  const equations = (["prose", "notebook", "chocKale"] as const)[draws.integer(3)]!;
  const slateSize = 1 + draws.integer(5);
  const withNoClick = equations !== "chocKale" && draws.integer(2) === 0;
  return makeWorld("lts", {
    equations,
    slateSize,
    numCandidates: slateSize + draws.integer(20),
    memoryDiscount: between(0, 0.95),
    sensitivity: between(0, 0.6),
    innovationStddev: between(0, 0.5),
    timeBudget: 1 + draws.integer(8),
    ...(withNoClick && { noClickLogit: between(-2, 2) }),
  });
}

test(`the values of all policies in ${WORLDS} random worlds are what controlled simulation says`, async () => {
  const figures: Figure[] = [];
  for (let number = 0; number < WORLDS; number++) {
    const world = randomWorld(number);
    const solution = await solve(world, { gridSize: 48 });
    const allowance = Math.max(solution.policyError, solution.valueError);
    const values: Readonly<Record<string, number>> = { ...solution.policies, optimal: solution.value };
    const mixes = Array.from({ length: world.slateSize + 1 }, (_, m) => policies.mix(m));
    for (const policy of [policies.optimal(solution), policies.random(), ...mixes]) {
      const options = { users: USERS, estimator: "controlled", seed: number, workers: "auto" } as const;
      const { mean, standardError } = (await simulate(world, policy, options)).metrics.totalReward;
      const [name, exact] = [`world ${number}, ${policy.name}`, values[policy.name]!];
      figures.push({ name, simulated: mean, exact, standardError, allowance });
    }
  }
  expectAll(figures, figures.length);
  const apart = figures.map(({ simulated, exact }) => Math.abs(simulated - exact) / exact);
  const near = apart.filter((share) => share < RELATIVE).length;
  console.log(`${near} of ${figures.length} nearer than ${RELATIVE} of the value, the furthest ${Math.max(...apart)}`);
  for (const [place, { exact, standardError, allowance = 0 }] of figures.entries()) {
    expect(apart[place]).toBeLessThan(Math.max(RELATIVE, (4 * standardError + allowance) / exact));
  }
  expect(near / figures.length).toBeGreaterThan(0.9);
});
