// Random formulas of world files: numbers, whole numbers and truth values, of everything that the form has.
import { BUILT_IN_FUNCTIONS } from "../../src/compiler/program.js";

export type ValueType = "f64" | "i32" | "bool";
export interface GeneratedField {
  readonly name: string;
  readonly type: ValueType | "vector";
  readonly length: number;
}
export interface Scope {
  /** Records by the name of a parameter, with the class of each. */
  readonly records: Readonly<Record<string, string>>;
  /** Name of the record that may be written to. */
  readonly written?: string;
  readonly draws?: boolean;
  readonly returns?: ValueType;
  readonly variables: { readonly name: string; readonly type: ValueType; readonly isLet: boolean }[];
  readonly inLoop?: boolean;
  /** It may not call itself. */
  readonly isHelper?: boolean;
}

/** `isWild`: whole numbers overflow, and elements are read outside of their vectors, which plain TypeScript reads in other ways. */
export interface GeneratedOptions {
  readonly isWild: boolean;
}

/** Returns a function that draws from 0 to `max`: shrinking a whole file takes minutes. */
function naturals(seed: number): (max: number) => number {
  let state = seed;
  return (max) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % (max + 1);
  };
}

/** Writes formulas of the names in a scope. */
export class FormulaWriter {
  protected readonly nat: (max: number) => number;
  protected readonly isWild: boolean;
  protected readonly classes: Record<string, readonly GeneratedField[]> = {};

  constructor(seed: number, { isWild }: GeneratedOptions) {
    this.nat = naturals(seed);
    this.isWild = isWild;
  }

  protected expression(scope: Scope, type: ValueType, depth: number): string {
    if (type === "f64") return this.f64(scope, depth);
    return type === "i32" ? this.i32(scope, depth) : this.bool(scope, depth);
  }

  protected f64(scope: Scope, depth: number): string {
    const next = (): string => this.f64(scope, depth - 1);
    if (depth <= 0)
      return this.leaf(scope, "f64") ?? this.pick([this.literal(), "FACTOR", "COUNT", "Math.PI", "parameters.number"]);
    switch (this.nat(14)) {
      case 0: {
        const name = this.pick(BUILT_IN_FUNCTIONS);
        const prefix = ["sqrt", "min", "floor"].includes(name) && this.coin() ? "Math." : "";
        return `${prefix}${name}(${name === "min" || name === "max" ? `${next()}, ${next()}` : next()})`;
      }
      case 1:
        return `(${this.bool(scope, depth - 1)} ? ${next()} : ${next()})`;
      case 2:
        return `(- ${next()})`;
      case 3:
        return `${scope.isHelper ? "clamp" : "helper"}(${next()}, small(${this.i32(scope, 1)}), ${this.bool(scope, 1)})`;
      case 4:
        return `f64(${this.i32(scope, Math.min(2, depth - 1))})`;
      case 5:
        return this.vector(scope, (text) => `sumOf(${text}, ${next()})`) ?? next();
      case 6:
        if (scope.draws)
          return this.pick(["draws.uniform()", "draws.normal()", `noise(draws, ${next()})`, "early(draws, COUNT)"]);
        return next();
      case 7:
        return this.calledHelper(scope, next);
      case 8:
        return `(${next()} ${this.pick(["+", "*"])} ${this.i32(scope, 1)})`;
      default:
        return `(${next()} ${this.pick(["+", "-", "*", "/", "%"])} ${next()})`;
    }
  }

  /** A call of a function that reads or writes a record, if the scope has one. */
  private calledHelper({ isHelper, written, records }: Scope, next: () => string): string {
    const texts = [
      `scaled(parameters, ${next()})`,
      ...("document" in records ? [`worth(document, ${next()})`] : []),
      ...(written === "user" ? [`bump(user, ${next()})`, `bump(user, ${next()})`] : []),
    ];
    return isHelper ? next() : this.pick(texts);
  }

  /** A sum or a product may be -0 in TypeScript, where whole numbers have none: so 0 is added. */
  protected i32(scope: Scope, depth: number): string {
    if (depth <= 0) return this.leaf(scope, "i32") ?? this.pick([String(this.nat(12)), "COUNT"]);
    const next = (): string => this.i32(scope, depth - 1);
    switch (this.nat(6)) {
      case 0:
        return `small(${this.f64(scope, depth - 1)})`;
      case 1:
        return scope.draws ? `draws.integer(${1 + this.nat(8)})` : next();
      case 2:
        return this.vector(scope, (text) => `${text}.length`) ?? next();
      case 3:
        return `(0 - ${next()})`;
      case 4:
        return this.isWild ? `(${next()} * ${this.pick(["715827883", "-65537", "3"])})` : next();
      default:
        return `(${next()} ${this.pick(["+", "-", "*"])} ${next()} + 0)`;
    }
  }

  protected bool(scope: Scope, depth: number): string {
    if (depth <= 0) return this.leaf(scope, "bool") ?? this.pick(["true", "false", "(parameters.number > 0)"]);
    const next = (): string => this.bool(scope, depth - 1);
    switch (this.nat(4)) {
      case 0:
        return `!${next()}`;
      case 1:
        return `(${next()} ${this.pick(["&&", "||", "=="])} ${next()})`;
      case 2:
        return `(${this.i32(scope, 1)} ${this.pick(["==", "!=", "===", "!==", "<", ">="])} ${this.i32(scope, 1)})`;
      default:
        return `(${this.f64(scope, depth - 1)} ${this.pick(["<", "<=", ">", ">=", "==", "!="])} ${this.f64(scope, depth - 1)})`;
    }
  }

  /** A variable, a field or an element of that type; undefined if there is none. */
  private leaf(scope: Scope, type: ValueType): string | undefined {
    const variables = scope.variables.filter((each) => each.type === type).map(({ name }) => name);
    const records = Object.entries({ ...scope.records, parameters: "Parameters" });
    const fields = records.flatMap(([record, of]) =>
      this.classes[of]!.filter((field) => field.type === type).map(({ name }) => `${record}.${name}`),
    );
    const elements =
      type === "f64" ? [this.vector(scope, (text, length) => `${text}[${this.index(length)}]`) ?? []].flat() : [];
    const found = [...variables, ...fields, ...elements];
    return found.length > 0 && this.nat(3) > 0 ? this.pick(found) : undefined;
  }

  private index(length: number): string {
    return String(this.nat(this.isWild ? length : length - 1));
  }

  private vector(scope: Scope, use: (text: string, length: number) => string): string | undefined {
    const found = Object.entries(scope.records).flatMap(([record, of]) =>
      this.classes[of]!.filter(({ type }) => type === "vector").map(({ name, length }) => ({
        text: `${record}.${name}`,
        length,
      })),
    );
    if (found.length === 0) return undefined;
    const { text, length } = this.pick(found);
    return use(text, length);
  }

  protected literal(): string {
    return this.pick(["0", "1", "0.25", "-3", "2.5e1", "0x1f", "1e-3", "-0.7", "17"]);
  }

  protected pick<T>(list: readonly T[]): T {
    return list[this.nat(list.length - 1)]!;
  }

  protected coin(): boolean {
    return this.nat(1) === 1;
  }
}
