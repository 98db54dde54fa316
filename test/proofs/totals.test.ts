// A million users beside the totals that others published. Prints them; fails beyond 4 standard errors.
import { test } from "vitest";
import { compareTotals, publishedTotals } from "../support/publishedTotals.js";
import { expectAll } from "./expectAll.js";

test("total engagement is what others found", async () => {
  expectAll(await compareTotals(publishedTotals, 1_000_000));
});
