import { isList } from "../check/lists.js";
import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { MAX_ITEMS } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { nameOfPart, printed, shortName } from "../check/shortName.js";
import type { Draws } from "../random/draws.js";
import { isSpace } from "./records.js";
import { answer, frozen, refuseNoDraws, refuseOthers, type Space } from "./space.js";

/** Lists of any length up to a bound, all items in one space. */
export class Sequence<Item> implements Space<readonly Item[]> {
  readonly space: Space<Item>;
  readonly maxLength: number;
  readonly flatSize = undefined;

  constructor(space: Space<Item>, maxLength: number) {
    refuse([
      isSpace(space) ? undefined : expectedMistake("space", "a space", space),
      numberMistake("maxLength", maxLength, { min: 0, max: MAX_ITEMS, integer: true }),
    ]);
    this.space = space;
    this.maxLength = maxLength;
    frozen(this, new.target === Sequence);
  }

  contains(value: unknown): value is readonly Item[] {
    return answer(() => {
      if (!isList(value) || value.length > this.maxLength) return false;
      return Array.from(value).every((item) => this.space.contains(item)); // of holes, too
    });
  }

  sample(draws: Draws): Item[] {
    refuseNoDraws(draws);
    return Array.from({ length: draws.integer(this.maxLength + 1) }, () => this.space.sample(draws));
  }

  flatten(value: readonly Item[]): number[] {
    refuseOthers(this, value);
    return [value.length].concat(Array.from(value).flatMap((item) => this.space.flatten(item)));
  }

  /** @internal */
  [printed](): string {
    return shortName("Sequence", `at most ${this.maxLength} of ${nameOfPart(this.space)}`);
  }
}

/** The values of a space, and null. */
export class Nullable<Value> implements Space<Value | null> {
  readonly space: Space<Value>;
  readonly flatSize = undefined;

  constructor(space: Space<Value>) {
    refuse([isSpace(space) ? undefined : expectedMistake("space", "a space", space)]);
    this.space = space;
    frozen(this, new.target === Nullable);
  }

  contains(value: unknown): value is Value | null {
    return value === null || answer(() => this.space.contains(value));
  }

  /** Null every other time. */
  sample(draws: Draws): Value | null {
    refuseNoDraws(draws);
    return draws.integer(2) === 0 ? null : this.space.sample(draws);
  }

  flatten(value: Value | null): number[] {
    refuseOthers(this, value);
    return value === null ? [0] : [1].concat(this.space.flatten(value));
  }

  /** @internal */
  [printed](): string {
    return shortName("Nullable", nameOfPart(this.space));
  }
}
