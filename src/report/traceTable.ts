import type { Trace } from "../montecarlo/trace.js";
import type { Cell, ColumnType, Row, Table } from "../tables/table.js";

/** Returns an episode as a table, a row a step, as in a file of trajectories: what is no number is JSON, `choice` null for no click. */
export function traceTable({ user, steps }: Trace): Table {
  const rows = steps.map((traced, step): Row => {
    const { candidates, slate, slatePropensity, probabilities, choice: slot, ...rest } = traced;
    const choice = slot < slate.length ? slot : null;
    const told = { candidates, slate, slatePropensity, probabilities, choice, ...rest };
    const cells = Object.entries(told)
      .filter(([name]) => name !== "draws")
      .map(([name, value]) => [name, cellFor(value)] as const);
    return { user, step, ...Object.fromEntries(cells) };
  });
  const names = Object.keys(rows[0] ?? {});
  return { columns: Object.fromEntries(names.map((name) => [name, typeOf(name, rows)])), rows };
}

const INTEGERS: ReadonlySet<string> = new Set(["user", "step", "choice"]);

function typeOf(name: string, rows: readonly Row[]): ColumnType {
  if (INTEGERS.has(name)) return "integer";
  return rows.some((row) => typeof row[name] === "string") ? "text" : "number";
}

function cellFor(value: unknown): Cell {
  return typeof value === "number" || value === null ? value : (JSON.stringify(value) ?? null);
}
