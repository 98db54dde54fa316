import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { Draws } from "../random/draws.js";

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

/** Returns the answer of a space: false if a proxy throws, or lists are nested too deep. */
export function answer(contains: () => boolean): boolean {
  try {
    return contains();
  } catch {
    return false;
  }
}

/** Freezes a space, so that it stays valid. A subclass may add fields, and then freezes itself. */
export function frozen(space: object, isWhole: boolean): void {
  if (isWhole) Object.freeze(space);
}

/** Validates the argument of `flatten`: a value that is not of the space does not have the numbers that the space says. */
export function refuseOthers(space: Space<unknown>, value: unknown): void {
  if (!space.contains(value)) throw new InvalidInput([expectedMistake("value", "one of the space", value)]);
}

/** Validates the argument of `sample`. */
export function refuseNoDraws(draws: unknown): void {
  if (!answer(() => draws instanceof Draws))
    throw new InvalidInput([expectedMistake("draws", "draws, as of `drawsAt`", draws)]);
}

/** The type of a space's values: `Infer<typeof space>`. */
export type Infer<S> = S extends Space<infer Value> ? Value : never;
