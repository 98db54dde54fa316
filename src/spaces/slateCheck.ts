import { firstFew } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import type { SlateShape } from "./slate.js";

/** Number of invalid slates that an error lists; when all are invalid they have one cause. */
const MAX_LISTED = 3;

/** Checks full slates, [index][slot], one for each environment or user. Allocates nothing while they are valid. */
export class SlateCheck {
  private readonly shape: Required<SlateShape>;
  /** For each position, the index of the last slate that used it. */
  private readonly lastUsedBy: Int32Array;

  constructor(shape: Required<SlateShape>) {
    this.shape = shape;
    this.lastUsedBy = new Int32Array(shape.numCandidates);
  }

  /**
   * Returns the first slot that breaks a rule, counted over all slates, from index `from` on; -1 if there is none. Ignores slates with 1 in
   * `skipped`.
   */
  firstInvalidSlot(slates: Int32Array, skipped: Uint8Array, from = 0): number {
    if (this.shape.numCandidates <= 32) return this.firstInvalidOfFew(slates, skipped, from);
    const { lastUsedBy } = this;
    const { slateSize, numCandidates, allowRepeats } = this.shape;
    lastUsedBy.fill(-1);
    for (let index = from, at = from * slateSize; at < slates.length; index++) {
      const end = at + slateSize;
      if (skipped[index] === 1) at = end;
      for (; at < end; at++) {
        const position = slates[at]!;
        if (position >>> 0 >= numCandidates) return at;
        if (lastUsedBy[position] === index && !allowRepeats) return at;
        lastUsedBy[position] = index;
      }
    }
    return -1;
  }

  /** Does the work of `firstInvalidSlot` with a bit for each position, in half the time. */
  private firstInvalidOfFew(slates: Int32Array, skipped: Uint8Array, from: number): number {
    const { slateSize, numCandidates, allowRepeats } = this.shape;
    const forbidden = allowRepeats ? 0 : -1;
    for (let index = from, at = from * slateSize; at < slates.length; index++) {
      const end = at + slateSize;
      if (skipped[index] === 1) at = end;
      for (let used = 0; at < end; at++) {
        const position = slates[at]!;
        if (position >>> 0 >= numCandidates) return at;
        const bit = 1 << position;
        if ((used & bit & forbidden) !== 0) return at;
        used |= bit;
      }
    }
    return -1;
  }

  /** Returns a sentence for the first broken rule of each slate, at most MAX_LISTED of them; `nameOf` names an index. */
  mistakes(slates: Int32Array, skipped: Uint8Array, nameOf: (index: number) => string): string[] {
    const invalid: number[] = [];
    for (let at = this.firstInvalidSlot(slates, skipped); at >= 0;) {
      invalid.push(at);
      at = this.firstInvalidSlot(slates, skipped, Math.floor(at / this.shape.slateSize) + 1);
    }
    return firstFew(
      invalid.map((at) => this.sentence(slates, at, nameOf)),
      MAX_LISTED,
    );
  }

  private sentence(slates: Int32Array, at: number, nameOf: (index: number) => string): string {
    const { slateSize, numCandidates } = this.shape;
    const position = slates[at]!;
    const inRange = position >= 0 && position < numCandidates;
    const rule = inRange ? "a position that is not on the slate yet" : `an integer in [0, ${numCandidates - 1}]`;
    return expectedMistake(`slates[${nameOf(Math.floor(at / slateSize))}][slot ${at % slateSize}]`, rule, position);
  }
}
