// Two policies on the same users, beside what others found for each of them: reading of the published totals as differences.
import { test } from "vitest";
import { compare, longTermSatisfaction, type ComparedPair } from "../../src/index.js";
import type { Figure } from "../support/figures.js";
import { notebookTotals, recsimTotals, type PublishedTotal } from "../support/publishedTotals.js";
import { expectAll } from "./expectAll.js";

const OPTIONS = { users: 1_000_000, seed: "pairs", workers: 2 } as const;

/** The first published total of each policy, by world. */
function byWorld(totals: readonly PublishedTotal[]): PublishedTotal[][] {
  const worlds = new Map<string, Map<string, PublishedTotal>>();
  for (const total of totals) {
    const world = JSON.stringify(total.parameters);
    const known = worlds.get(world) ?? new Map<string, PublishedTotal>();
    if (!known.has(total.policy.name)) known.set(total.policy.name, total);
    worlds.set(world, known);
  }
  return Array.from(worlds.values(), (known) => Array.from(known.values())).filter((rows) => rows.length > 1);
}

function figureOf({ a, b, difference }: ComparedPair, rows: readonly PublishedTotal[]): Figure {
  const [first, second] = [a, b].map((name) => rows.find(({ policy }) => policy.name === name)!);
  const published = Math.hypot(first!.standardError, second!.standardError);
  return {
    name: `${JSON.stringify(first!.parameters).slice(0, 40)} ${b} - ${a}`,
    simulated: difference.mean,
    exact: second!.total - first!.total,
    standardError: Math.hypot(difference.standardError, published),
    allowance: first!.total * first!.tolerance + second!.total * second!.tolerance,
  };
}

test("the published differences of two policies lie where paired comparison finds them", async () => {
  const figures: Figure[] = [];
  for (const rows of [...byWorld(recsimTotals), ...byWorld(notebookTotals)]) {
    const world = longTermSatisfaction(rows[0]!.parameters);
    const { pairs } = await compare(
      world,
      rows.map(({ policy }) => policy),
      OPTIONS,
    );
    figures.push(...pairs.map((pair) => figureOf(pair, rows)));
  }
  expectAll(figures, 24);
});
