import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, numberMistake, unknownFieldMistakes, type NumberRule } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";

/** Errors that are told of one file. */
const MAX_MISTAKES = 20;
const FIRST_ROWS = 1024;

/** What a table may have: see `TableRules`. */
export interface ColumnRules {
  readonly kind: string;
  readonly columns: Readonly<Record<string, NumberRule>>;
  readonly required: readonly string[];
  readonly maxRows: number;
}

interface Column {
  readonly name: string;
  readonly rule: NumberRule;
  numbers: Float64Array;
  /** Rows that have a value, right or wrong. */
  filled: number;
}

/** Columns of numbers that grow while a file is read, and the errors in it. */
export class TableColumns {
  readonly path: string;
  private readonly rules: ColumnRules;
  /** By place; undefined for an unknown column. */
  private columns: readonly (Column | undefined)[] = [];
  private rows = 0;
  private readonly mistakes: string[] = [];

  constructor(path: string, rules: ColumnRules) {
    this.path = path;
    this.rules = rules;
  }

  /** Takes the names of the columns, in the order of their places. */
  begin(names: readonly string[]): void {
    const { kind, columns, required } = this.rules;
    const given = Object.fromEntries(names.map((name) => [name, undefined]));
    for (const mistake of unknownFieldMistakes(kind, given, Object.keys(columns))) this.add(`${this.path}: ${mistake}`);
    const twice = names.filter((name, place) => names.indexOf(name) < place);
    for (const name of twice) this.add(expectedMistake(this.path, "each column once", name));
    const missing = required.filter((name) => !names.includes(name));
    for (const name of missing) this.add(expectedMistake(this.path, `a column ${name}`, names.join()));
    if (names.length === 0)
      this.add(expectedMistake(this.path, `columns, some of ${Object.keys(columns).join(", ")}`, ""));
    this.columns = names.map((name) => {
      return Object.hasOwn(columns, name)
        ? { name, rule: columns[name]!, numbers: new Float64Array(FIRST_ROWS), filled: 0 }
        : undefined;
    });
  }

  /** Sets a number of a row, counted from 0; `at` is where it stands in the file, such as "line 3". */
  set(place: number, row: number, value: unknown, at: () => string): void {
    const column = this.columns[place];
    if (column === undefined) return;
    if (row >= this.rules.maxRows) refuse([...this.mistakes, this.tooLong()]);
    this.rows = Math.max(this.rows, row + 1);
    column.filled += 1;
    if (numberMistake("", value, column.rule) !== undefined) {
      this.add(numberMistake(`${this.path}, ${at()}, ${column.name}`, value, column.rule)!);
    } else {
      if (row >= column.numbers.length) column.numbers = longer(column.numbers);
      column.numbers[row] = value as number;
    }
  }

  /** Adds an error. Throws `InvalidInput` when there are enough. */
  add(mistake: string): void {
    this.mistakes.push(mistake);
    if (this.mistakes.length === MAX_MISTAKES) throw new InvalidInput(this.mistakes);
  }

  /** Returns the columns by their names. Throws `InvalidInput` with the errors. */
  finish(): Readonly<Record<string, Float64Array>> {
    if (this.rows === 0 && this.mistakes.length === 0) this.add(expectedMistake(this.path, "at least one row", 0));
    refuse(this.mistakes);
    refuse(this.columns.map((column) => this.shortMistake(column!)));
    return Object.fromEntries(this.columns.map((column) => [column!.name, column!.numbers.slice(0, this.rows)]));
  }

  /** Returns an error for a column that a damaged file has in part. */
  private shortMistake({ name, filled }: Column): string | undefined {
    return filled === this.rows ? undefined : expectedMistake(`${this.path}, ${name}`, `${this.rows} numbers`, filled);
  }

  private tooLong(): string {
    return expectedMistake(this.path, `at most ${this.rules.maxRows} rows`, this.rules.maxRows + 1);
  }
}

function longer(numbers: Float64Array): Float64Array {
  const grown = new Float64Array(2 * numbers.length);
  grown.set(numbers);
  return grown;
}
