import type { WorldTypes } from "../world/worldTypes.js";

/** What is best in a world, and how far every policy is from it. Values are means over users of the return, in units of the reward. */
export interface Solution<T extends WorldTypes = WorldTypes> {
  /** The world's name. */
  readonly scenario: string;
  /** The world's parameters, defaults included. */
  readonly parameters: T["parameters"];
  /** The world's hash. */
  readonly world: string;
  /** Steps of each episode. */
  readonly steps: number;
  /** Discount of rewards; left out for 1. */
  readonly discount?: number;
  /** First steps that count for nothing; left out for 0. */
  readonly warmUp?: number;
  /**
   * The optimal value: of the best slate at every step, for somebody who knows each user's state, which no agent observes. No policy is
   * better.
   */
  readonly value: number;
  /** How far `value` may be off: 95 % of the errors are smaller. */
  readonly valueError: number;
  /** The value of following `table`. */
  readonly tableValue: number;
  /** The value of choosing, in every state, the mix with the highest expected reward in the next step: the myopic answer. */
  readonly myopicValue: number;
  /** The values of choosing a mix as the table does, but only every so many steps, and keeping to it in between. */
  readonly heldValues: readonly HeldValue[];
  /** The values of the built-in policies. */
  readonly policies: Readonly<Record<string, number>>;
  /** How far the values of the policies and of the table may be off. */
  readonly policyError: number;
  /** Which mix is best when. */
  readonly table: SolutionTable;
  /** The optimal value on finer and finer grids; the last is fine enough. */
  readonly refinements: readonly Refinement[];
  /** How long it took: the one part that differs from run to run. */
  readonly timing: { readonly seconds: number };
}

/** What decisions are worth that are made every `length` steps. */
export interface HeldValue {
  readonly length: number;
  readonly value: number;
}

/** The best of the mixes at every step for every state. */
export interface SolutionTable {
  /** What the state is, as in "exposure". */
  readonly stateName: string;
  /** States, rising, from the least to the greatest that a user can be in. */
  readonly states: readonly number[];
  /** m of mix(m), the documents that come from the top of the ranking: [step][state]. */
  readonly mix: readonly (readonly number[])[];
}

/** A grid, and what it says. */
export interface Refinement {
  /** Points of the grid of states. */
  readonly states: number;
  /** Points of the grid of documents. */
  readonly documents: number;
  /** The optimal value, from a small sample of candidate sets that is the same for all grids. */
  readonly value: number;
  /** Its distance from that of the grid before; null for the first. */
  readonly change: number | null;
}
