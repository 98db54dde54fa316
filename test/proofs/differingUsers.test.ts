// Parameters of users at a million draws, and totals of mixtures of users by quadrature.
import { expect, test } from "vitest";
import { makeWorld, policies, simulate, solve } from "../../src/index.js";
import { PARAMETER_BLOCK, UserWords, WORLD_STREAM } from "../../src/random/address.js";
import { drawFrom } from "../../src/random/distribution.js";
import { Draws } from "../../src/random/draws.js";
import { seedKey } from "../../src/random/seedKey.js";
import { knownDistributions } from "../support/distributionMoments.js";
import { PowerSums, type Figure } from "../support/figures.js";
import { expectAll } from "./expectAll.js";

test("means and variances of a million users' parameters are those of the formulas", () => {
  const figures = knownDistributions.flatMap(({ name, given, mean, variance }, parameter) => {
    const [sums, words] = [new PowerSums(), new UserWords(seedKey("a million"), WORLD_STREAM)];
    for (words.user = 0; words.user < 1_000_000; words.user++) {
      sums.add(drawFrom(given, new Draws(words, parameter, PARAMETER_BLOCK)));
    }
    return [sums.mean(name, mean), sums.variance(name, variance)];
  });
  expectAll(figures, 2 * knownDistributions.length);
});

/** Gauss–Legendre nodes and weights on [0, 1], five of each. */
const NODES = [0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.9530899229693319];
const WEIGHTS = [
  0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454,
];

async function valuesAt(parameters: object): Promise<Readonly<Record<string, number>>> {
  return (await solve(makeWorld("lts-tradeoff", { timeBudget: 20, ...parameters }))).policies;
}

test("totals of users who differ are means of exact ones", async () => {
  const [min, max] = [0.02, 0.12];
  const atNodes = await Promise.all(NODES.map((node) => valuesAt({ sensitivity: min + (max - min) * node })));
  const atLengths = await Promise.all([5, 20].map((timeBudget) => valuesAt({ timeBudget })));
  const figures: Figure[] = [];
  for (const policy of [policies.random(), policies.mix(0), policies.mix(3)]) {
    const cases = [
      [
        "sensitivity",
        { sensitivity: { distribution: "uniform", min, max } },
        atNodes.reduce((sum, values, i) => sum + WEIGHTS[i]! * values[policy.name]!, 0),
      ],
      [
        "timeBudget",
        { timeBudget: { distribution: "discrete", values: [5, 20], weights: [1, 3] } },
        0.25 * atLengths[0]![policy.name]! + 0.75 * atLengths[1]![policy.name]!,
      ],
    ] as const;
    for (const [name, parameters, exact] of cases) {
      const world = makeWorld("lts-tradeoff", { timeBudget: 20, ...parameters });
      const run = await simulate(world, policy, { users: 1_000_000, estimator: "expected", workers: "auto" });
      const { mean, standardError } = run.metrics.totalReward;
      figures.push({ name: `${name}, ${policy.name}`, simulated: mean, exact, standardError, allowance: 1e-5 * exact });
    }
  }
  expectAll(figures, figures.length);
  expect(figures).toHaveLength(6);
});
