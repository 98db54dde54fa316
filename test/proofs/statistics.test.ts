// The main figures with few users; test/proofs asks for all of them with a million.
import { describe, expect, test } from "vitest";
import { outliers } from "../support/figures.js";
import { readOracle } from "../support/oracle.js";
import { POLICY_LAWS, simulatedFigures, VARIANTS, type PopulationStats } from "../support/populationStats.js";
import { compareTotals, notebookTotals, recsimTotals } from "../support/publishedTotals.js";

const stats = readOracle<PopulationStats>({ exact: 4 }, "population-stats");

describe.each(VARIANTS)("the population of the %s equations", (variant) => {
  test.each(POLICY_LAWS)(
    "under $policy.name is within 4 standard errors of the exact figures",
    async ({ policy, law }) => {
      const options = { users: 100_000, seed: "population" };
      const { figures } = await simulatedFigures(variant, policy, stats.exact[law], options);
      expect(figures).toHaveLength(7); // of four means, and of three slots
      expect(outliers(figures)).toEqual([]);
    },
  );
});

test("total engagement is what others found", async () => {
  const figures = await compareTotals([...notebookTotals, ...recsimTotals], 20_000);
  expect(figures).toHaveLength(34);
  expect(outliers(figures)).toEqual([]);
});
