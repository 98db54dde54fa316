import type { BuiltInPolicy, LongTermSatisfactionWorld, Parameters } from "./package.js";

/** Work that several candidates do, all of them for the same distribution of episodes. */
export interface Task {
  readonly name: string;
  readonly world: LongTermSatisfactionWorld<Parameters>;
  readonly policy: BuiltInPolicy;
}

/** Sums over users of their total engagement, in seconds. */
export interface Engagements {
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** One programme at one task. */
export interface Candidate {
  readonly name: string;
  readonly task: Task;
  /** Users that a call simulates. */
  readonly users: number;
  /** Simulates the next users to the end of their time budget. */
  readonly run: () => Engagements;
  /** CPU time spent so far where the users run, in seconds. */
  readonly clock: () => number;
  /** Those whose users have numbers have this. */
  readonly numbered?: Numbered;
}

/** Simulates the users with given numbers: equal numbers, equal bits in all candidates at a task whose draws have the same addresses. */
export interface Numbered {
  readonly addresses: Addresses;
  readonly run: RunNumbered;
}

/** Where draws are made: as the built-in world makes them, or as `defineWorld` and world files do. */
export type Addresses = "built-in" | "custom";

export type RunNumbered = (firstUser: number, users: number) => Engagements;
