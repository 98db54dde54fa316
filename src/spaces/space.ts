import type { Draws } from "../random/draws.js";

/** A set of values, as in Gymnasium: what an observation or an action may be. */
export interface Space<Value> {
  /** Whether the value is one of the set. Answers for anything; never throws. */
  contains(value: unknown): value is Value;
  /** One of the set, drawn at random: uniform wherever the set is bounded. */
  sample(draws: Draws): Value;
  /** The value's numbers in a fixed order, names of records sorted. */
  flatten(value: Value): number[];
  /** How many numbers `flatten` gives, where that is the same for all values; else undefined. */
  readonly flatSize: number | undefined;
}

/** The type of a space's values: `Infer<typeof space>`. */
export type Infer<S> = S extends Space<infer Value> ? Value : never;
