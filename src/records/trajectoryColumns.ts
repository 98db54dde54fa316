import type { TraceStep } from "../montecarlo/tracedLives.js";

const required = { repetition_type: "REQUIRED" } as const;
const count = { type: "INT32", converted_type: "UINT_32" } as const;
const double = { type: "DOUBLE", ...required } as const;
const list = { converted_type: "LIST", num_children: 1, ...required } as const;
const items = { name: "list", repetition_type: "REPEATED", num_children: 1 } as const;

/** Named as in a trace. */
const schema = [
  { name: "root", num_children: 11 },
  { name: "user", ...count, ...required },
  { name: "step", ...count, ...required },
  { name: "candidates", ...list },
  items,
  { name: "element", num_children: 3, ...required },
  { name: "id", ...count, ...required },
  { name: "educativeness", ...double },
  { name: "clusterId", ...count, ...required },
  { name: "slate", ...list },
  items,
  { name: "element", ...count, ...required },
  { name: "probabilities", ...list },
  items,
  { name: "element", ...double },
  { name: "choice", ...count, repetition_type: "OPTIONAL" },
  { name: "engagement", ...double },
  { name: "reward", ...double },
  { name: "exposure", ...double },
  { name: "satisfaction", ...double },
  { name: "observation", ...double },
] as const;

/** One step of a user: of a trace's step all but the draws, and null for no click. */
interface TrajectoryRow extends Omit<TraceStep, "choice" | "draws"> {
  readonly user: number;
  readonly step: number;
  readonly choice: number | null;
}

const columns: readonly (keyof TrajectoryRow)[] = [
  "user",
  "step",
  "candidates",
  "slate",
  "probabilities",
  "choice",
  "engagement",
  "reward",
  "exposure",
  "satisfaction",
  "observation",
];

export function trajectorySchema() {
  return [...schema];
}

export function trajectoryRow(user: number, step: number, lived: TraceStep): TrajectoryRow {
  return { ...lived, user, step, choice: lived.choice < lived.slate.length ? lived.choice : null };
}

/** Rows turned to columns. Of lists no least and greatest are kept, as no reader asks for them. */
export function trajectoryColumns(rows: readonly TrajectoryRow[]) {
  return columns.map((name) => {
    const data = rows.map((row) => row[name]);
    return { name, data, statistics: !Array.isArray(data[0]) };
  });
}

export type { TrajectoryRow };
