import type { Observation } from "../spaces/observation.js";

/** The types that differ from world to world. */
export interface WorldTypes {
  /** Observation of a user. */
  readonly user: unknown;
  /** Observation of a document. */
  readonly doc: unknown;
  readonly response: unknown;
  /** A document, which may have parts that are not observed. */
  readonly document: unknown;
  /** Observation of many users at once. */
  readonly batch: unknown;
  readonly parameters: unknown;
  /** Names of metrics with one number for each user, or a ratio. */
  readonly metrics: string;
  /** Names of metrics with a number at every step. */
  readonly series: string;
  /** Fields of traces for the state, and for a step. */
  readonly tracedState: object;
  readonly tracedStep: object;
}

/** Types of results of any world. */
export interface AnyWorldTypes extends WorldTypes {
  readonly metrics: never;
  readonly series: never;
}

/** The types of a world, as in `TypesOf<typeof world>`. */
export type TypesOf<W extends { readonly types?: WorldTypes }> = NonNullable<W["types"]>;

/** Observation of an environment with one user. */
export type ObservationOf<T extends WorldTypes> = Observation<T["user"], T["doc"], T["response"]>;
