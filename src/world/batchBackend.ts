import type { Key } from "../random/seedKey.js";

/**
 * What a batch environment steps: users side by side, each at an environment index. Masks have 1 for the indices that are meant,
 * 0 for the others.
 */
export interface BatchBackend<Observed> {
  /** Positions, [index][slot]: to be filled in before a step. */
  readonly slates: Int32Array;
  /** Rewards of the last step; 0 where an episode has just begun. */
  readonly rewards: Float64Array;
  /** Whose episodes have ended. */
  readonly terminated: Uint8Array;
  /** What is observed now. */
  readonly observation: Observed;
  /** From here on episodes begin under that key. */
  open(key: Key): void;
  /** Begins the episodes of those users at the indices meant; the first time, at all of them. */
  begin(mask: Uint8Array, users: Uint32Array): void;
  /** One step at the indices meant; the others stay as they are. */
  step(mask: Uint8Array): void;
  /** What is observed now, kept until the next call: later steps do not write over it. */
  keep(): Observed;
}
