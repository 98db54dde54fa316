import type { Key } from "../random/seedKey.js";

/**
 * Backend of a batch environment: steps many users, each at an environment index. Masks have 1 for the selected indices, 0 for the
 * others.
 */
export interface BatchBackend<Observed> {
  /** Positions, [index][slot], filled in before a step. */
  readonly slates: Int32Array;
  /** Rewards of the last step; 0 where an episode has just begun. */
  readonly rewards: Float64Array;
  /** 1 for environments whose episodes have ended. */
  readonly terminated: Uint8Array;
  /** Current observation. */
  readonly observation: Observed;
  /** Sets the key for episodes from here on. */
  open(key: Key): void;
  /** Begins the episodes of those users at the selected indices; the first time, at all of them. */
  begin(mask: Uint8Array, users: Uint32Array): void;
  /** Takes one step at the selected indices; the others do not change. */
  step(mask: Uint8Array): void;
  /** Returns a copy of the current observation, valid until the next call: later steps do not overwrite it. */
  keep(): Observed;
}
