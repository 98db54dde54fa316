import { firstFew } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import type { SlateShape } from "./slate.js";

/** So many lanes are told of; when all are wrong, one mistake made them so. */
const MAX_LISTED = 3;

/** Looks over full slates, [lane][slot], without making anything while they are legal. */
export class SlateCheck {
  private readonly shape: Required<SlateShape>;
  /** For each position, the last lane that showed it. */
  private readonly shownBy: Int32Array;

  constructor(shape: Required<SlateShape>) {
    this.shape = shape;
    this.shownBy = new Int32Array(shape.numCandidates);
  }

  /**
   * The first slot that breaks a rule, counted over all lanes, from the lane `from` on; -1 if there is none. Lanes with 1 in
   * `skipped` are not looked at.
   */
  firstBroken(slates: Int32Array, skipped: Uint8Array, from = 0): number {
    if (this.shape.numCandidates <= 32) return this.firstBrokenOfFew(slates, skipped, from);
    const { shownBy } = this;
    const { slateSize, numCandidates, allowRepeats } = this.shape;
    shownBy.fill(-1);
    for (let lane = from, at = from * slateSize; at < slates.length; lane++) {
      const end = at + slateSize;
      if (skipped[lane] === 1) at = end;
      for (; at < end; at++) {
        const position = slates[at]!;
        if (position >>> 0 >= numCandidates) return at;
        if (shownBy[position] === lane && !allowRepeats) return at;
        shownBy[position] = lane;
      }
    }
    return -1;
  }

  /** The same with a bit for each position, in half the time. */
  private firstBrokenOfFew(slates: Int32Array, skipped: Uint8Array, from: number): number {
    const { slateSize, numCandidates, allowRepeats } = this.shape;
    const forbidden = allowRepeats ? 0 : -1;
    for (let lane = from, at = from * slateSize; at < slates.length; lane++) {
      const end = at + slateSize;
      if (skipped[lane] === 1) at = end;
      for (let shown = 0; at < end; at++) {
        const position = slates[at]!;
        if (position >>> 0 >= numCandidates) return at;
        const bit = 1 << position;
        if ((shown & bit & forbidden) !== 0) return at;
        shown |= bit;
      }
    }
    return -1;
  }

  /** A sentence for the first broken rule of each lane, as far as they are told; `whose` names a lane. */
  mistakes(slates: Int32Array, skipped: Uint8Array, whose: (lane: number) => string): string[] {
    const broken: number[] = [];
    for (let at = this.firstBroken(slates, skipped); at >= 0;) {
      broken.push(at);
      at = this.firstBroken(slates, skipped, Math.floor(at / this.shape.slateSize) + 1);
    }
    return firstFew(
      broken.map((at) => this.sentence(slates, at, whose)),
      MAX_LISTED,
    );
  }

  private sentence(slates: Int32Array, at: number, whose: (lane: number) => string): string {
    const { slateSize, numCandidates } = this.shape;
    const position = slates[at]!;
    const inRange = position >= 0 && position < numCandidates;
    const rule = inRange ? "a position that is not on the slate yet" : `an integer in [0, ${numCandidates - 1}]`;
    return expectedMistake(`slates[${whose(Math.floor(at / slateSize))}][slot ${at % slateSize}]`, rule, position);
  }
}
