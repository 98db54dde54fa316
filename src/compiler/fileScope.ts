import { CHOICE_MODELS } from "./choiceNumbers.js";
import { RESERVED_NAMES, RESERVED_SERIES } from "../statistics/metrics.js";
import type { SourceText } from "./sourceText.js";
import type {
  ClassSyntax,
  DeclarationSyntax,
  ExpressionSyntax,
  FieldSyntax,
  FunctionSyntax,
  TypeSyntax,
  VariableSyntax,
} from "./syntax.js";
import {
  BUILT_IN_FUNCTIONS,
  type BuiltInFunction,
  type Field,
  type ParameterType,
  type RecordType,
} from "./program.js";
import { WORLD_MODULE } from "./form.js";
import { metricNames } from "./metricNames.js";

/** What a world file can import: functions, what makes vectors and choice models, and types. */
const IMPORTS = {
  functions: [...BUILT_IN_FUNCTIONS, "i32", "f64"],
  makers: ["vector", ...CHOICE_MODELS],
  types: ["Draws", "Vector", "f64", "i32", "bool"],
} as const;

/** The same by other names, that mean the same in every engine; others of `Math` differ in their last bits from engine to engine. */
const MATH = ["sqrt", "abs", "min", "max", "floor", "ceil", "trunc"] as const satisfies readonly BuiltInFunction[];

const VALUE_TYPES: ReadonlyMap<string, "f64" | "i32" | "bool"> = new Map([
  ["f64", "f64"],
  ["number", "f64"],
  ["i32", "i32"],
  ["bool", "bool"],
  ["boolean", "bool"],
]);

const MAX_FIELDS = 4096;

/** The names of a world file outside its functions. */
export class FileScope {
  readonly source: SourceText;
  readonly constants = new Map<string, number>();
  readonly records = new Map<string, RecordType>();
  readonly functions = new Map<string, FunctionSyntax>();
  /** Constants that are exported, by name, as they are written. */
  readonly exportedConstants = new Map<string, VariableSyntax>();
  readonly exported = new Set<string>();
  /** Name of the constant that holds the world's parameters, and where it is declared. */
  parameters: string | undefined;
  parametersAt = 0;
  private readonly imported = new Map<string, string>();
  /** Where each constant is declared. */
  private readonly constantsAt = new Map<string, number>();
  private readonly taken = new Set<string>();

  constructor(source: SourceText, declarations: readonly DeclarationSyntax[]) {
    this.source = source;
    for (const each of declarations) if (each.kind === "import") this.import(each);
    for (const each of declarations) if (each.kind === "constants") this.declareConstants(each);
    for (const each of declarations) if (each.kind === "class") this.declareClass(each);
    for (const each of declarations) if (each.kind === "function") this.declareFunction(each);
  }

  /** Returns the function of slatesim that a callee names; undefined if it names none. */
  libraryName(callee: ExpressionSyntax): string | undefined {
    if (callee.kind === "name") return this.imported.get(callee.name);
    if (callee.kind !== "member" || callee.object.kind !== "name" || callee.object.name !== "Math") return undefined;
    const known = MATH.find((name) => name === callee.property);
    if (known === undefined) {
      const others = "exp, log and logistic of slatesim/world have the same bits everywhere";
      this.source.note(callee.at, `expected one of Math.${MATH.join(", Math.")}: ${others}`);
    }
    return known ?? "abs";
  }

  /** Returns the type that a parameter or a variable is said to have. */
  typeOf(type: TypeSyntax): ParameterType {
    const known = VALUE_TYPES.get(type.name) ?? this.records.get(type.name);
    if (known !== undefined) return known;
    if (this.imported.get(type.name) === "Draws") return "draws";
    if (this.imported.get(type.name) === "Vector") return "vector";
    this.source.note(type.at, `expected f64, i32, bool, Vector, Draws or a class of this file, not ${type.name}`);
    return "f64";
  }

  /** Returns the number of a constant by its name; 1, which is legal everywhere, for one that was refused where it is declared. */
  numberOf(name: string): number | undefined {
    const value = this.constants.get(name);
    return value !== undefined && Number.isNaN(value) ? 1 : value;
  }

  /**
   * Returns the number that an expression of constants has; NaN where none can be told, which is noted once. `at`: where it is evaluated; what
   * it names must be declared above.
   */
  constant(expression: ExpressionSyntax, at = expression.at): number {
    if (expression.kind === "number") return expression.value;
    if (expression.kind === "unary" && expression.operator === "-") return -this.constant(expression.operand, at);
    if (expression.kind === "name") {
      const value = this.constants.get(expression.name);
      if (value !== undefined && this.constantsAt.get(expression.name)! > at)
        this.source.note(expression.at, `expected ${expression.name} to be declared above where its value is needed`);
      if (value !== undefined) return value;
      if (expression.name === "Infinity") return Infinity;
    }
    this.source.note(expression.at, "expected a number, or the name of a constant that is one");
    return NaN;
  }

  private import({ at, path, names }: Extract<DeclarationSyntax, { kind: "import" }>): void {
    if (path !== WORLD_MODULE) this.source.note(at, `expected imports from "${WORLD_MODULE}" only, not from "${path}"`);
    const known: readonly string[] = [...IMPORTS.functions, ...IMPORTS.makers, ...IMPORTS.types];
    for (const { at: place, name, foreign } of names) {
      if (path === WORLD_MODULE && !known.includes(foreign))
        this.source.note(place, `expected one of ${known.join(", ")}, not ${foreign}`);
      if (!VALUE_TYPES.has(name)) this.take(name, place);
      this.imported.set(name, foreign);
    }
  }

  private declareConstants({ isExported, constants }: Extract<DeclarationSyntax, { kind: "constants" }>): void {
    for (const constant of constants) {
      const { name, at, value } = constant;
      this.take(name, at);
      this.constantsAt.set(name, at);
      if (isExported) this.exportedConstants.set(name, constant);
      if (value === undefined) continue; // the parser has noted it
      if (value.kind === "new") this.declareParameters(name, value);
      else if (value.kind !== "text" && value.kind !== "call") this.constants.set(name, this.constant(value));
      else if (!isExported) this.source.note(value.at, "expected a number");
    }
  }

  private declareParameters(name: string, { at, name: record }: Extract<ExpressionSyntax, { kind: "new" }>): void {
    if (record !== "Parameters")
      this.source.note(at, "expected new Parameters(): other records are handed to functions");
    if (this.parameters !== undefined)
      this.source.note(at, `expected one constant of Parameters; ${this.parameters} is one`);
    [this.parameters, this.parametersAt] = [name, at];
  }

  private declareClass({ at, name, isExported, fields }: ClassSyntax): void {
    this.take(name, at);
    if (isExported) this.exported.add(name);
    const madeAt = name === "Parameters" && this.parameters !== undefined ? this.parametersAt : Infinity;
    if (at > madeAt) this.source.note(madeAt, `expected class ${name} to be declared above new ${name}()`);
    const laid: Field[] = [];
    let offset = 0;
    for (const { at: place, name: field, type, value } of fields) {
      if (laid.some((other) => other.name === field)) this.source.note(place, `expected one field ${field}`);
      if (field.startsWith("__")) this.source.note(place, "expected a name that does not begin with __");
      const made = this.field(field, place, offset, madeAt, type, value);
      laid.push(made);
      offset += made.length;
    }
    if (offset > MAX_FIELDS) this.source.note(at, `expected at most ${MAX_FIELDS} numbers in a class, not ${offset}`);
    this.records.set(name, { name, fields: laid, size: offset });
    if (name === "Metrics") this.refuseEqualMetrics(fields, laid);
  }

  /** Numbers of a vector are metrics of their own, whose names other fields, and metrics of every run, may have. */
  private refuseEqualMetrics(fields: readonly FieldSyntax[], laid: readonly Field[]): void {
    const known = new Set(RESERVED_NAMES);
    laid.forEach((field, place) => {
      const metrics = metricNames({ name: "Metrics", fields: [field], size: field.length });
      const names = metrics.map(({ name }) => name);
      const equal =
        names.find((name) => known.has(name)) ??
        metrics.find(({ name, series }) => series && RESERVED_SERIES.includes(name))?.name;
      const isNamedAlike = laid.findIndex(({ name }) => name === field.name) < place; // noted already
      if (equal !== undefined && !isNamedAlike)
        this.source.note(fields[place]!.at, `expected metrics of different names: there is already ${equal}`);
      for (const name of names) known.add(name);
    });
  }

  /** `madeAt`: where the first record of the class is made. */
  private field(
    name: string,
    at: number,
    offset: number,
    madeAt: number,
    type?: TypeSyntax,
    value?: ExpressionSyntax,
  ): Field {
    const found = type && (VALUE_TYPES.get(type.name) ?? this.imported.get(type.name));
    if (found === "Vector")
      return { name, type: "vector", length: this.vectorLength(at, madeAt, value), offset, initial: 0 };
    if (found !== "f64" && found !== "i32" && found !== "bool")
      this.source.note(type?.at ?? at, "expected a field with a type: f64, i32, bool or Vector");
    const known = found === "i32" || found === "bool" ? found : "f64";
    if (value === undefined)
      this.source.note(at, `expected a first value, as in ${name}: ${known} = ${known === "bool" ? "false" : "0"}`);
    const initial = value === undefined ? 0 : this.initial(known, madeAt, value);
    return { name, type: known, length: 1, offset, initial };
  }

  private initial(type: "f64" | "i32" | "bool", madeAt: number, value: ExpressionSyntax): number {
    if (type === "bool") {
      if (value.kind !== "boolean") this.source.note(value.at, "expected true or false");
      return value.kind === "boolean" && value.value ? 1 : 0;
    }
    const number = this.constant(value, madeAt);
    if (type === "i32" && (number | 0) !== number && !Number.isNaN(number))
      this.source.note(value.at, `expected a 32-bit integer, not ${number}`);
    return number;
  }

  private vectorLength(at: number, madeAt: number, value: ExpressionSyntax | undefined): number {
    const isMade = value?.kind === "call" && this.libraryName(value.callee) === "vector" && value.args.length === 1;
    const length = isMade ? this.constant(value.args[0]!, madeAt) : 0;
    if (Number.isInteger(length) && length >= 1 && length <= MAX_FIELDS) return length;
    if (!Number.isNaN(length))
      this.source.note(value?.at ?? at, `expected a length in [1, ${MAX_FIELDS}], as in = vector(20)`);
    return 1;
  }

  private declareFunction(declared: FunctionSyntax): void {
    this.take(declared.name, declared.at);
    if (declared.isExported) this.exported.add(declared.name);
    this.functions.set(declared.name, declared);
  }

  private take(name: string, at: number): void {
    if (this.taken.has(name)) this.source.note(at, `expected another name: there is already ${name}`);
    this.taken.add(name);
  }
}
