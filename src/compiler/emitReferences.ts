import type { Expression, RecordReference, VectorReference } from "./program.js";
import type { FunctionVersion } from "./versions.js";

/** Bytes between two values of a user's record. */
export const ROW = 512;

/** Where values of both users are: next to each other at the first address, or each at one of its own. */
export type Addresses = readonly [string, string | undefined];

/** Where the users' values at a place of a record are. */
export function addressesOf({ apart }: FunctionVersion, record: RecordReference, offset: number): Addresses {
  if (record.kind === "parameters") throw new Error("unreachable: parameters are no record of a user's");
  const more = offset === 0 ? "" : ` + ${ROW * offset}`;
  return [`${record.name}_${more}`, apart.has(record.name) ? `${record.name}_b${more}` : undefined];
}

/** Where the users' vectors begin. */
export function vectorAddresses(version: FunctionVersion, vector: VectorReference): Addresses {
  if (vector.kind === "field") return addressesOf(version, vector.record, vector.field.offset);
  return addressesOf(version, { kind: "argument", name: vector.name }, 0);
}

export function lengthOf(vector: VectorReference): string {
  return vector.kind === "argument" ? `${vector.name}_n` : String(vector.field.length);
}

/** Whether an element is at a known place of a field, so that its place needs no test. */
export function isInside(index: Expression, vector: VectorReference): index is Extract<Expression, { kind: "number" }> {
  return index.kind === "number" && vector.kind === "field" && index.value >= 0 && index.value < vector.field.length;
}
