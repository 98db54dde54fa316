import { InvalidArgumentError, Option } from "commander";
import { expectedMistake } from "../check/mistakes.js";
import { parseNumber } from "../check/parseNumber.js";

/** Reads the text of one value; throws commander's `InvalidArgumentError` with what was expected instead. */
type Parser<Item> = (text: string) => Item;

/** Values and errors of one flag so far. Collected as commander's value of the option, because commander stops at the first error. */
class Given {
  readonly items: unknown[] = [];
  readonly mistakes: string[] = [];
  count = 0;

  add(name: string, text: string, parse: Parser<unknown>): this {
    this.count += 1;
    try {
      if (text === "") this.mistakes.push(`"${name}" expected a value, got nothing`);
      else this.items.push(parse(text));
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      this.mistakes.push(expectedMistake(name, error.message, text));
    }
    return this;
  }
}

/** A flag of a command: commander's option, its names in the API, and the type of its value. */
export class Flag<Value> extends Option {
  declare readonly value: Value;
  /** The API's names for what the flag sets. */
  fields: readonly string[] = [this.attributeName()];
  protected repeatable = false;

  standsFor(...fields: readonly string[]): this {
    this.fields = [...this.fields, ...fields];
    return this;
  }

  /** Stands for these fields, and not for that of its own name. */
  standsOnlyFor(...fields: readonly string[]): this {
    this.fields = fields;
    return this;
  }

  /** Returns the values that were typed; undefined if the flag was not. */
  given(read: unknown): readonly unknown[] | undefined {
    return read instanceof Given ? read.items : read === true ? [true] : undefined;
  }

  /** Returns the value that commander has read. If it is invalid, returns the default, so that the other flags can be checked. */
  read(given: unknown, mistakes: string[]): Value {
    if (!(given instanceof Given))
      return (given ?? (this.repeatable ? [] : this.isBoolean() ? false : undefined)) as Value;
    mistakes.push(...given.mistakes);
    if (this.repeatable) return given.items as Value;
    if (given.count > 1) mistakes.push(`"${this.long}" expected once, got ${given.count} times`);
    return (given.items[0] ?? this.defaultValue) as Value;
  }
}

/** A flag with a value, optional for commander, so that `--users --seed 1` is an error of --users only. */
class ValueFlag<Value> extends Flag<Value> {
  constructor(usage: string, help: string, parse: Parser<unknown>, repeatable = false) {
    super(usage.replace(/ (\S+)$/, " [$1]"), help);
    this.repeatable = repeatable;
    this.preset("").argParser((text: string, earlier: unknown) =>
      (earlier instanceof Given ? earlier : new Given()).add(this.long!, text, parse),
    );
  }
}

/** `--name VALUE`, once. */
export function value<Item>(usage: string, help: string, parse: Parser<Item>): Flag<Item | undefined>;
export function value<Item>(usage: string, help: string, parse: Parser<Item>, defaultValue: Item): Flag<Item>;
export function value<Item>(
  usage: string,
  help: string,
  parse: Parser<Item>,
  defaultValue?: Item,
): Flag<Item | undefined> {
  return new ValueFlag<Item | undefined>(usage, help, parse).default(defaultValue);
}

/** `--name VALUE`, any number of times. */
export function list(usage: string, help: string): Flag<readonly string[]> {
  return new ValueFlag<readonly string[]>(usage, `${help} Repeatable.`, asText, true);
}

/** `--name`, there or not. */
export function toggle(usage: string, help: string): Flag<boolean> {
  return new Flag<boolean>(usage, help);
}

export function asText(text: string): string {
  return text;
}

/** Reads any number; the API checks its range. */
export function asNumber(text: string): number {
  const number = parseNumber(text);
  if (number === undefined) throw new InvalidArgumentError("a number such as 1000 or 1e3");
  return number;
}

/** The flags of a command, each by its name in camel case. */
export type FlagTable = Readonly<Record<string, Flag<unknown>>>;

/** Values of a command's flags: those without a default may be undefined, lists may be empty. */
export type FlagValues<Table extends FlagTable> = {
  readonly [Name in keyof Table]: Table[Name]["value"];
};
