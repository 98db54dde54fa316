// Fields of a compiled world's documents by which policies may rank them.
import type { DocumentFields } from "../../world/documentOrder.js";
import { checkedNumber } from "../../world/reward.js";
import type { ProgramRecords, WorldRecord } from "./compiledProgram.js";

/** Returns the fields of the class Document that are one number or truth value each; true counts as 1. */
export function recordFields({ Document }: ProgramRecords): DocumentFields<WorldRecord> {
  return {
    names: Document.fields.filter(({ type }) => type !== "vector").map(({ name }) => name),
    numberOf: (document, name) => checkedNumber(`Document.${name}`, document[name] as number),
  };
}
