import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Draws } from "../random/draws.js";
import type { Infer, Space } from "./space.js";

type DictValue<Spaces> = { readonly [Name in keyof Spaces]: Infer<Spaces[Name]> };

/** Records with exactly the named fields, each in its own space. */
export class Dict<const Spaces extends Readonly<Record<string, Space<unknown>>>> implements Space<DictValue<Spaces>> {
  readonly spaces: Spaces;
  readonly flatSize: number | undefined;
  /** Sorted: the order in which fields are drawn and flattened. */
  private readonly names: readonly string[];

  constructor(spaces: Spaces) {
    refuse([objectMistake("spaces", spaces) ?? spaceMistake(Object.values(spaces))]);
    this.spaces = Object.freeze({ ...spaces });
    this.names = Object.keys(spaces).toSorted();
    this.flatSize = sumOfSizes(Object.values(spaces));
  }

  contains(value: unknown): value is DictValue<Spaces> {
    if (!isRecord(value) || Object.keys(value).length !== this.names.length) return false;
    return this.names.every((name) => Object.hasOwn(value, name) && this.spaces[name]!.contains(value[name]));
  }

  sample(draws: Draws): DictValue<Spaces> {
    return Object.fromEntries(this.names.map((name) => [name, this.spaces[name]!.sample(draws)])) as DictValue<Spaces>;
  }

  flatten(value: DictValue<Spaces>): number[] {
    return this.names.flatMap((name) => this.spaces[name]!.flatten(value[name]));
  }
}

type TupleValue<Spaces extends readonly Space<unknown>[]> = { readonly [I in keyof Spaces]: Infer<Spaces[I]> };

/** Lists of fixed length, each item in its own space. */
export class Tuple<const Spaces extends readonly Space<unknown>[]> implements Space<TupleValue<Spaces>> {
  readonly spaces: Spaces;
  readonly flatSize: number | undefined;

  constructor(spaces: Spaces) {
    refuse([
      Array.isArray(spaces) ? spaceMistake(Array.from(spaces)) : expectedMistake("spaces", "a list of spaces", spaces),
    ]);
    this.spaces = Object.freeze([...spaces]) as unknown as Spaces;
    this.flatSize = sumOfSizes(spaces);
  }

  contains(value: unknown): value is TupleValue<Spaces> {
    if (!Array.isArray(value) || value.length !== this.spaces.length) return false;
    return this.spaces.every((space, i) => space.contains(value[i]));
  }

  sample(draws: Draws): TupleValue<Spaces> {
    return this.spaces.map((space) => space.sample(draws)) as unknown as TupleValue<Spaces>;
  }

  flatten(value: TupleValue<Spaces>): number[] {
    return this.spaces.flatMap((space, i) => space.flatten(value[i]));
  }
}

/** Whether something has what a space has. */
export function isSpace(value: unknown): value is Space<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return ["contains", "sample", "flatten"].every((name) => typeof Reflect.get(value, name) === "function");
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function spaceMistake(spaces: readonly unknown[]): string | undefined {
  const wrong = spaces.find((space) => !isSpace(space));
  return spaces.every(isSpace) ? undefined : expectedMistake("spaces", "only spaces", wrong);
}

function sumOfSizes(spaces: readonly Space<unknown>[]): number | undefined {
  return spaces.reduce<number | undefined>(
    (sum, { flatSize }) => (sum === undefined || flatSize === undefined ? undefined : sum + flatSize),
    0,
  );
}
