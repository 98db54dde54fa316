import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Draws } from "../random/draws.js";
import { isSpace } from "./records.js";
import type { Space } from "./space.js";

/** Lists of any length up to a bound, all items in one space. */
export class Sequence<Item> implements Space<readonly Item[]> {
  readonly space: Space<Item>;
  readonly maxLength: number;
  readonly flatSize = undefined;

  constructor(space: Space<Item>, maxLength: number) {
    refuse([
      isSpace(space) ? undefined : expectedMistake("space", "a space", space),
      numberMistake("maxLength", maxLength, { min: 0, max: 2 ** 32 - 1, integer: true }),
    ]);
    this.space = space;
    this.maxLength = maxLength;
  }

  contains(value: unknown): value is readonly Item[] {
    if (!Array.isArray(value) || value.length > this.maxLength) return false;
    return Array.from(value).every((item) => this.space.contains(item)); // of holes, too
  }

  sample(draws: Draws): Item[] {
    return Array.from({ length: draws.integer(this.maxLength + 1) }, () => this.space.sample(draws));
  }

  flatten(value: readonly Item[]): number[] {
    return [value.length, ...value.flatMap((item) => this.space.flatten(item))];
  }
}

/** The values of a space, and null. */
export class Nullable<Value> implements Space<Value | null> {
  readonly space: Space<Value>;
  readonly flatSize = undefined;

  constructor(space: Space<Value>) {
    refuse([isSpace(space) ? undefined : expectedMistake("space", "a space", space)]);
    this.space = space;
  }

  contains(value: unknown): value is Value | null {
    return value === null || this.space.contains(value);
  }

  /** Null every other time. */
  sample(draws: Draws): Value | null {
    return draws.integer(2) === 0 ? null : this.space.sample(draws);
  }

  flatten(value: Value | null): number[] {
    return value === null ? [0] : [1, ...this.space.flatten(value)];
  }
}
