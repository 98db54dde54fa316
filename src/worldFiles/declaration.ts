import { metricNames } from "../compiler/metricNames.js";
import type { Field, RecordType } from "../compiler/program.js";
import type { ProgramRecords } from "../worlds/compiled/compiledProgram.js";

const EMPTY = "Readonly<Record<string, never>>";

/** Returns the TypeScript declarations of a built world: `program`, and `world` with the types of what is observed, field by field. */
export function declarationText({ records }: { readonly records: ProgramRecords }): string {
  const observed = {
    user: records.UserObservation,
    doc: records.DocumentObservation ?? records.Document,
    response: records.Response,
    document: records.Document,
  };
  const fields = [
    ...Object.entries(observed).map(([name, record]) => `  readonly ${name}: ${recordText(record, "0 | 1")};`),
    `  readonly parameters: ${recordText(records.Parameters, "boolean")};`,
  ];
  const names = metricNames(records.Metrics);
  return `import type { CompiledProgram, World, WorldTypes } from "slatesim";

/** The types of the world: what is observed of it, its parameters, and the names of its metrics. */
export interface Types extends WorldTypes {
${fields.join("\n")}
  readonly metrics: ${unionOf(names)};
  readonly series: ${unionOf(names.filter(({ series }) => series))};
}

export declare const program: CompiledProgram;
export declare const world: World<Types>;
`;
}

/** `truth`: the type of a truth value, which spaces hold as a number. */
function recordText(record: RecordType | undefined, truth: string): string {
  if (record === undefined || record.fields.length === 0) return EMPTY;
  return `{ ${record.fields.map((field) => `readonly ${field.name}: ${fieldText(field, truth)}`).join("; ")} }`;
}

function fieldText({ type }: Field, truth: string): string {
  if (type === "vector") return "readonly number[]";
  return type === "bool" ? truth : "number";
}

/** Names as a type. */
function unionOf(names: readonly { readonly name: string }[]): string {
  return names.length > 0 ? names.map(({ name }) => JSON.stringify(name)).join(" | ") : "never";
}
