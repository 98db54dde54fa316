import { InvalidInput } from "../../check/invalidInput.js";
import { isArray, isList } from "../../check/lists.js";
import { expectedMistake } from "../../check/mistakes.js";
import { listsOnce } from "../../check/readOnce.js";

/** The positions for all environments, [index][slot]: one after the other, or a list for each environment. */
export type BatchSlates = ArrayLike<number> | ArrayLike<ArrayLike<number>>;

/** Returns all positions one after the other. Throws `InvalidInput` unless they are whole numbers, and as many as there are slots. */
export function positionsOf(slates: BatchSlates, users: number, slateSize: number): ArrayLike<number> {
  const size = users * slateSize;
  if (ArrayBuffer.isView(slates) && slates instanceof Int32Array && slates.length === size) return slates;
  const given: unknown = listsOnce("slates", slates);
  const byEnvironment =
    isArray(given) && given.length === users && given.every((slate) => isList(slate) && slate.length === slateSize);
  const positions: unknown = byEnvironment ? given.flat() : given;
  if (!isArray(positions) || positions.length !== size) {
    const rule = `a list of ${users} × ${slateSize} positions (users × slateSize)`;
    throw new InvalidInput([expectedMistake("slates", rule, given)]);
  }
  const wrong = positions.findIndex((position) => !isWord(position));
  if (wrong < 0) return positions as number[];
  const field = `slates[environment ${Math.floor(wrong / slateSize)}][slot ${wrong % slateSize}]`;
  throw new InvalidInput([expectedMistake(field, "an integer", positions[wrong])]);
}

/** Returns whether an Int32Array holds the number exactly: larger ones would wrap. */
function isWord(position: unknown): boolean {
  return typeof position === "number" && (position | 0) === position;
}
