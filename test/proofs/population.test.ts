// Half a million users beside every exact figure. Prints all of it; fails beyond 4 standard errors.
import { describe, test } from "vitest";
import { longTermSatisfaction } from "../../src/index.js";
import type { Figure, PowerSums } from "../support/figures.js";
import { observePopulation, type Observed } from "../support/observedPopulation.js";
import { readOracle } from "../support/oracle.js";
import { exactVariant, POLICY_LAWS, simulatedFigures, VARIANTS } from "../support/populationStats.js";
import type { ExactFigures, PopulationStats, Variant } from "../support/populationStats.js";
import { expectAll } from "./expectAll.js";

const POPULATION = { users: 500_000, seed: "population" };
const stats = readOracle<PopulationStats>({ exact: 4 }, "population-stats");

describe("half a million users", () => {
  test.each(POLICY_LAWS)("under $policy.name are the population of the exact figures", async ({ policy, law }) => {
    const exact = stats.exact[law];
    const worlds = VARIANTS.map((equations) => longTermSatisfaction({ equations }));
    const observed = await observePopulation(worlds, policy, POPULATION);
    const figures: Figure[] = [];
    for (const [index, variant] of VARIANTS.entries()) {
      const { run, figures: simulated } = await simulatedFigures(variant, policy, exact, POPULATION);
      const name = `${variant}, ${policy.name}:`;
      const { clickedEducativeness: clicked, exposures } = observed[index]!;
      const { clickedEducativeness, finalExposure } = run.metrics;
      figures.push(
        ...simulated,
        variance(`${name} clicked educativeness`, clickedEducativeness, exact.clicked_educativeness.variance, clicked),
        variance(
          `${name} last exposure`,
          finalExposure,
          exactVariant(exact, variant).step_nee_after_variance.at(-1)!,
          exposures.at(-1)!,
        ),
        ...observedFigures(name, observed[index]!, exact, variant),
      );
    }
    expectAll(figures, 264);
  });
});

/** A run's variance, with the standard error that only a fourth moment gives. */
function variance(name: string, moments: { variance: number }, exact: number, sums: PowerSums): Figure {
  return { name: `${name}, variance`, simulated: moments.variance, exact, standardError: sums.errorOfVariance() };
}

function observedFigures(name: string, observed: Observed, exact: ExactFigures, variant: Variant): Figure[] {
  const figures = exactVariant(exact, variant);
  const { mean, variance: spread } = exact.clicked_educativeness;
  return [
    observed.firstLogEngagement.mean(`${name} first log-engagement`, figures.first_step_log_engagement_mean),
    observed.clickedEducativeness.mean(`${name} observed educativeness`, mean),
    observed.clickedEducativeness.variance(`${name} observed educativeness`, spread),
    ...observed.exposures.flatMap((exposure, step) => [
      exposure.mean(`${name} exposure after step ${step + 1}`, figures.step_nee_after_mean[step]!),
      exposure.variance(`${name} exposure after step ${step + 1}`, figures.step_nee_after_variance[step]!),
    ]),
  ];
}
