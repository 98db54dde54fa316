// What a policy ranks by, in the numbers of a compiled world's kernel.
import type { BuiltInPolicy } from "../../world/policy.js";
import type { CompiledProgram } from "./compiledProgram.js";

/** In the order of the numbers by which kernel/compiled/slates.ts knows them: two kinds of fields last. */
const ORDERS = ["rank", "score", "f64", "integer"] as const;

/** Returns the number of the order, and the place of the field in the record of a document; 0 where it is by no field. */
export function kernelOrder({ by }: BuiltInPolicy, { records }: CompiledProgram): [order: number, field: number] {
  if (by === undefined) return [ORDERS.indexOf("rank"), 0];
  if (by === "score") return [ORDERS.indexOf("score"), 0];
  const { type, offset } = records.Document.fields.find(({ name }) => name === by.field)!;
  return [ORDERS.indexOf(type === "f64" ? "f64" : "integer"), offset]; // a truth value is an integer, 0 or 1
}
