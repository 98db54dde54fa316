import type { BuiltInPolicy, LongTermSatisfactionWorld } from "./package.js";

/** Work that several contenders do, all of them for the same distribution of lives. */
export interface Task {
  readonly name: string;
  readonly world: LongTermSatisfactionWorld;
  readonly policy: BuiltInPolicy;
}

/** Sums over users of their total engagement, in seconds. */
export interface Engagements {
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** One programme at one task. */
export interface Contender {
  readonly name: string;
  readonly task: Task;
  /** How many users a call lives. */
  readonly users: number;
  /** Lives the next users to the end of their time budget. */
  readonly live: () => Engagements;
  /** CPU time spent so far where the users live, in seconds. */
  readonly clock: () => number;
  /** Lives the users with these numbers: equal numbers, equal bits in all contenders that have it. */
  readonly liveNumbered?: LiveNumbered;
}

export type LiveNumbered = (firstUser: number, users: number) => Engagements;
