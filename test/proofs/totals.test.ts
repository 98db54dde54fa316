// Total engagement beside the totals that others published. Prints them; fails beyond 4 standard errors.
import { test } from "vitest";
import { compareTotals, notebookTotals, recsimTotals } from "../support/publishedTotals.js";
import { expectAll } from "./expectAll.js";

test("a million users of the notebook's worlds engage as long as others found", async () => {
  expectAll(await compareTotals(notebookTotals, 1_000_000), 12);
});

// Many worlds with numbers of two decimals: a quarter of the users already tells 0.1 % apart.
test("250,000 users of RecSim's own world engage as long as others found", async () => {
  expectAll(await compareTotals(recsimTotals, 250_000), 22);
});
