import type { Sweep } from "../sweep/sweepResult.js";
import type { ColumnType, Table } from "../tables/table.js";

/** Columns behind those of the values that vary. */
const COLUMNS: Readonly<Record<string, ColumnType>> = {
  seed: "text",
  world: "text",
  policy: "text",
  users: "integer",
  mean: "number",
  standardError: "number",
  low: "number",
  high: "number",
  difference: "number",
  differenceStandardError: "number",
  differenceLow: "number",
  differenceHigh: "number",
  lift: "number",
  liftLow: "number",
  liftHigh: "number",
  best: "boolean",
  optimum: "number",
  regret: "number",
  digest: "text",
};

/**
 * Returns a sweep as a table, with a row for each policy of each cell. `varied` are the names of the values that vary, whose columns come
 * first; one that is named like another column is preceded by "at.".
 */
export function sweepTable({ cells, users }: Pick<Sweep, "cells" | "users">, varied: readonly string[]): Table {
  const titles = varied.map((name) => [name, Object.hasOwn(COLUMNS, name) ? `at.${name}` : name] as const);
  const numeric = (name: string): boolean => cells.every(({ at }) => typeof at[name] === "number");
  const rows = cells.flatMap(({ at, seed, world, policies, best, optimum }) =>
    policies.map(({ policy, digest, mean, standardError, ci95, difference, lift, regret }) => ({
      ...Object.fromEntries(titles.map(([name, title]) => [title, numeric(name) ? at[name]! : String(at[name])])),
      seed,
      world,
      policy,
      users,
      mean,
      standardError,
      low: ci95[0],
      high: ci95[1],
      ...(difference && {
        difference: difference.mean,
        differenceStandardError: difference.standardError,
        differenceLow: difference.simultaneousCi95[0],
        differenceHigh: difference.simultaneousCi95[1],
      }),
      ...(lift && { lift: lift.ratio, liftLow: lift.simultaneousCi95[0], liftHigh: lift.simultaneousCi95[1] }),
      best: policy === best,
      ...(optimum && { optimum: optimum.value }),
      ...(regret && { regret: regret.mean }),
      digest,
    })),
  );
  const first = titles.map(([name, title]) => [title, numeric(name) ? "number" : "text"] as const);
  return { columns: { ...Object.fromEntries(first), ...COLUMNS }, rows };
}
