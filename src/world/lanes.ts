import type { Key } from "../random/seedKey.js";

/** Users in lanes, led all at once. Masks have 1 for the lanes that are meant, 0 for the others. */
export interface Lanes<Seen> {
  /** Positions, [lane][slot]: to be filled in before a step. */
  readonly slates: Int32Array;
  /** What the last step brought each lane; 0 in lanes that have just begun. */
  readonly rewards: Float64Array;
  /** Whose lives are over. */
  readonly terminated: Uint8Array;
  /** What is seen now. */
  readonly observation: Seen;
  /** From here on lives are begun under that key. */
  open(key: Key): void;
  /** Begins the lives of those users in the lanes meant; the first time, in all of them. */
  begin(lanes: Uint8Array, users: Uint32Array): void;
  /** Lives one step in the lanes meant; the others stay as they are. */
  live(lanes: Uint8Array): void;
  /** What is seen now, kept until the next call: later steps do not write over it. */
  keep(): Seen;
}
