import type { Observation } from "../spaces/observation.js";

/** The types that differ from world to world. */
export interface WorldTypes {
  /** What is observed of a user. */
  readonly user: unknown;
  /** What is observed of a document. */
  readonly doc: unknown;
  readonly response: unknown;
  /** A document, which may have parts that are not observed. */
  readonly document: unknown;
  /** What is observed of many users at once. */
  readonly batch: unknown;
  readonly parameters: unknown;
  /** Names of metrics with one number for each user, or a ratio. */
  readonly metrics: string;
  /** Names of metrics with a number at every step. */
  readonly series: string;
  /** What traces show of the state, and of a step. */
  readonly tracedState: object;
  readonly tracedStep: object;
}

/** What results of any world have in common. */
export interface AnyWorldTypes extends WorldTypes {
  readonly metrics: never;
  readonly series: never;
}

/** What one user's environment shows in a world of those types. */
export type ObservationOf<T extends WorldTypes> = Observation<T["user"], T["doc"], T["response"]>;
