import type { SchemaElement } from "hyparquet-writer";
import type { TraceStep } from "../montecarlo/tracedEpisodes.js";
import { Box } from "../spaces/box.js";
import { Discrete } from "../spaces/discrete.js";
import { Dict } from "../spaces/records.js";
import type { Space } from "../spaces/space.js";
import type { World } from "../world/world.js";

const required = { repetition_type: "REQUIRED" } as const;
const count = { type: "INT32", converted_type: "UINT_32" } as const;
const double = { type: "DOUBLE", ...required } as const;
const json = { type: "BYTE_ARRAY", converted_type: "UTF8", ...required } as const;
const list = { converted_type: "LIST", num_children: 1, ...required } as const;
const items = { name: "list", repetition_type: "REPEATED", num_children: 1 } as const;

/** One step of a user: of a trace's step all but the draws, and null for no click. What is no number is JSON. */
export type TrajectoryRow = Readonly<Record<string, unknown>>;

/** The columns that a file of trajectories begins with. */
export const FIRST_COLUMNS = ["user", "step", "candidates"];
/** Named as in a trace; the draws behind a step have no column. */
const BEFORE = [...FIRST_COLUMNS, "slate", "slatePropensity", "probabilities", "choice"];
const NO_COLUMN = "draws";

/** The columns of a world's trajectories. */
export class TrajectoryColumns {
  private readonly features: readonly (readonly [name: string, type: object])[];
  /** Fields that the world records of a step and of the state after it. */
  private readonly described: readonly string[];
  private readonly isNumber: (name: string) => boolean;

  /** `example`: any step of the world, if there is one. */
  constructor({ documentSpace, userDefined }: World, example: TraceStep | undefined) {
    this.features = featuresOf(documentSpace);
    this.described = Object.keys(example ?? {}).filter((name) => !BEFORE.includes(name) && name !== NO_COLUMN);
    this.isNumber = (name) => name === "reward" || (!userDefined && typeof valueOf(example!, name) === "number");
  }

  schema(): SchemaElement[] {
    const schema = [
      { name: "root", num_children: BEFORE.length + this.described.length },
      { name: "user", ...count, ...required },
      { name: "step", ...count, ...required },
      { name: "candidates", ...list },
      items,
      { name: "element", num_children: 1 + this.features.length, ...required },
      { name: "id", ...count, ...required },
      ...this.features.map(([name, type]) => ({ name, ...type })),
      { name: "slate", ...list },
      items,
      { name: "element", ...count, ...required },
      { name: "slatePropensity", type: "DOUBLE", repetition_type: "OPTIONAL" },
      { name: "probabilities", ...list },
      items,
      { name: "element", ...double },
      { name: "choice", ...count, repetition_type: "OPTIONAL" },
      ...this.described.map((name) => ({ name, ...(this.isNumber(name) ? double : json) })),
    ];
    return schema as SchemaElement[];
  }

  row(user: number, step: number, traced: TraceStep): TrajectoryRow {
    const described = this.described.map((name) => {
      return [name, this.isNumber(name) ? valueOf(traced, name) : JSON.stringify(valueOf(traced, name))] as const;
    });
    return {
      user,
      step,
      candidates: traced.candidates.map((candidate) => this.candidate(candidate as Readonly<Record<string, unknown>>)),
      slate: traced.slate,
      slatePropensity: traced.slatePropensity,
      probabilities: traced.probabilities,
      choice: traced.choice < traced.slate.length ? traced.choice : null,
      ...Object.fromEntries(described),
    };
  }

  /** Converts rows to columns. Lists have no minimum and maximum, because no reader uses them. */
  data(rows: readonly TrajectoryRow[]) {
    return [...BEFORE, ...this.described].map((name) => {
      const data = rows.map((row) => row[name]);
      return { name, data, statistics: !Array.isArray(data[0]) };
    });
  }

  private candidate(candidate: Readonly<Record<string, unknown>>): object {
    const features = this.features.map(([name, type]) => {
      return [name, type === json ? JSON.stringify(candidate[name]) : candidate[name]] as const;
    });
    return { id: candidate["id"], ...Object.fromEntries(features) };
  }
}

/** Returns a column for each field of a record; else one column for the observation of a document. */
function featuresOf(space: Space<unknown>): (readonly [string, object])[] {
  if (!(space instanceof Dict)) return [["document", typeOf(space)]];
  const spaces = space.spaces as Readonly<Record<string, Space<unknown>>>;
  return Object.entries(spaces).map(([name, part]) => [name, typeOf(part)]);
}

function typeOf(space: Space<unknown>): object {
  const word = space instanceof Discrete && space.start >= 0 && space.start + space.n <= 2 ** 32;
  if (word) return { ...count, ...required };
  return (space instanceof Box && space.shape.length === 0) || space instanceof Discrete ? double : json;
}

function valueOf(step: TraceStep, name: string): unknown {
  return Reflect.get(step, name);
}
