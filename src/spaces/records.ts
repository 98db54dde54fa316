import { isList } from "../check/lists.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { listOnce, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { nameOfPart, printed, shortName } from "../check/shortName.js";
import type { Draws } from "../random/draws.js";
import { answer, frozen, refuseNoDraws, refuseOthers, type Infer, type Space } from "./space.js";

/** Records with a value of each named space. */
export type DictValue<Spaces> = { readonly [Name in keyof Spaces]: Infer<Spaces[Name]> };

/** Records with exactly the named fields, each in its own space. */
export class Dict<const Spaces extends Readonly<Record<string, Space<unknown>>>> implements Space<DictValue<Spaces>> {
  readonly spaces: Spaces;
  readonly flatSize: number | undefined;
  /** Sorted: the order in which fields are drawn and flattened. */
  private readonly names: readonly string[];

  constructor(spaces: Spaces) {
    const given = readOnce("spaces", spaces);
    refuse([objectMistake("spaces", given) ?? spaceMistake(Object.values(given))]);
    this.spaces = Object.freeze(given);
    this.names = Object.keys(given).toSorted();
    this.flatSize = sumOfSizes(Object.values(given));
    frozen(this, new.target === Dict);
  }

  contains(value: unknown): value is DictValue<Spaces> {
    return answer(() => {
      if (!isRecord(value) || Object.keys(value).length !== this.names.length) return false;
      return this.names.every((name) => Object.hasOwn(value, name) && this.spaces[name]!.contains(value[name]));
    });
  }

  sample(draws: Draws): DictValue<Spaces> {
    refuseNoDraws(draws);
    return Object.fromEntries(this.names.map((name) => [name, this.spaces[name]!.sample(draws)])) as DictValue<Spaces>;
  }

  flatten(value: DictValue<Spaces>): number[] {
    refuseOthers(this, value);
    return this.names.flatMap((name) => this.spaces[name]!.flatten(value[name]));
  }

  /** @internal */
  [printed](): string {
    return shortName("Dict", this.names.map((name) => `${name}: ${nameOfPart(this.spaces[name])}`).join(", "));
  }
}

/** Lists with a value of each space, in their order. */
export type TupleValue<Spaces extends readonly Space<unknown>[]> = { readonly [I in keyof Spaces]: Infer<Spaces[I]> };

/** Lists of fixed length, each item in its own space. */
export class Tuple<const Spaces extends readonly Space<unknown>[]> implements Space<TupleValue<Spaces>> {
  readonly spaces: Spaces;
  readonly flatSize: number | undefined;

  constructor(spaces: Spaces) {
    const given = listOnce("spaces", spaces);
    refuse([isList(given) ? spaceMistake(given) : expectedMistake("spaces", "a list of spaces", given)]);
    this.spaces = Object.freeze(given);
    this.flatSize = sumOfSizes(given);
    frozen(this, new.target === Tuple);
  }

  contains(value: unknown): value is TupleValue<Spaces> {
    return answer(() => {
      if (!isList(value) || value.length !== this.spaces.length) return false;
      return this.spaces.every((space, i) => space.contains(value[i]));
    });
  }

  sample(draws: Draws): TupleValue<Spaces> {
    refuseNoDraws(draws);
    return this.spaces.map((space) => space.sample(draws)) as unknown as TupleValue<Spaces>;
  }

  flatten(value: TupleValue<Spaces>): number[] {
    refuseOthers(this, value);
    return this.spaces.flatMap((space, i) => space.flatten(value[i]));
  }

  /** @internal */
  [printed](): string {
    return shortName("Tuple", this.spaces.map(nameOfPart).join(", "));
  }
}

/** Returns whether the value has the methods of a space, for any value. */
export function isSpace(value: unknown): value is Space<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return answer(() =>
    ["contains", "sample", "flatten"].every((name) => typeof Reflect.get(value, name) === "function"),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !isList(value);
}

function spaceMistake(spaces: ArrayLike<unknown>): string | undefined {
  const wrong = Array.from(spaces).filter((space) => !isSpace(space));
  return wrong.length === 0 ? undefined : expectedMistake("spaces", "only spaces", wrong[0]);
}

function sumOfSizes(spaces: readonly Space<unknown>[]): number | undefined {
  return spaces.reduce<number | undefined>(
    (sum, { flatSize }) => (sum === undefined || flatSize === undefined ? undefined : sum + flatSize),
    0,
  );
}
