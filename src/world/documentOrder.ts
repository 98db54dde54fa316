// What policies order documents by, where it is not the world's rank.
import { Box } from "../spaces/box.js";
import { Discrete } from "../spaces/discrete.js";
import { Dict } from "../spaces/records.js";
import type { Space } from "../spaces/space.js";
import { checkedNumber } from "./reward.js";

/** What a policy orders documents by: the score that the user gives them, or a numeric field of theirs. */
export type DocumentOrder = "score" | { readonly field: string };

/** The numeric fields of a world's documents. */
export interface DocumentFields<Document> {
  readonly names: readonly string[];
  /** Returns the number in one of these fields, in [-1e100, 1e100]. Throws `InvalidInput` for another value. */
  numberOf(document: Document, name: string): number;
}

/** A field that the name of a policy can hold: an identifier of JavaScript. */
const FIELD_NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

export function isFieldName(text: string): boolean {
  return FIELD_NAME.test(text);
}

/** Returns the fields of documents that are observed as records, by what is observed of them; none of other documents. */
export function observedFields<Document, Doc>(
  space: Space<Doc>,
  observe: (document: Document) => Doc,
): DocumentFields<Document> {
  const parts = space instanceof Dict ? Object.entries<Space<unknown>>(space.spaces) : [];
  return {
    names: parts.filter(([name, part]) => isFieldName(name) && isScalar(part)).map(([name]) => name),
    numberOf: (document, name) =>
      checkedNumber(`documents.${name}`, Reflect.get(observe(document) as object, name) as number),
  };
}

function isScalar(space: Space<unknown>): boolean {
  return space instanceof Discrete || (space instanceof Box && space.shape.length === 0);
}
