import { expectedMistake } from "../check/mistakes.js";
import { listOnce, MAX_ITEMS, unreadable } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";

/** Returns the number in a field of the document at a position; refuses anything else. */
export function finiteField(value: unknown, position: number, field: string): number {
  if (!Number.isFinite(value))
    refuse([expectedMistake(`observation.doc[${position}].${field}`, "a finite number", value)]);
  return value as number;
}

/** Returns the number that each candidate has in a field; refuses candidates without one. */
export function candidateNumbers(doc: readonly unknown[], field: string): number[] {
  try {
    const { length } = doc; // which a proxy might let grow
    if (length > MAX_ITEMS) return listOnce("observation.doc", doc) as never; // refuses it
    const numbers: number[] = [];
    for (let position = 0; position < length; position++) {
      const document = doc[position] as Readonly<Record<string, unknown>> | null | undefined;
      numbers.push(finiteField(document?.[field], position, field));
    }
    return numbers;
  } catch (error) {
    throw unreadable("observation.doc", "candidates that can be read", doc, error);
  }
}
