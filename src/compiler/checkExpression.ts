import type { FileScope } from "./fileScope.js";
import type { FunctionScope } from "./functionScope.js";
import {
  BUILT_IN_FUNCTIONS,
  type Argument,
  type BuiltInFunction,
  type Expression,
  type Field,
  type ParameterType,
  type RecordReference,
  type RecordType,
  type ValueType,
  type VectorReference,
  type WorldFunction,
} from "./program.js";
import type { ExpressionSyntax } from "./syntax.js";

type Call = Extract<ExpressionSyntax, { kind: "call" }>;
type Binary = Extract<ExpressionSyntax, { kind: "binary" }>;
type Member = Extract<ExpressionSyntax, { kind: "member" }>;

const TWO_ARGUMENTS: ReadonlySet<string> = new Set(["min", "max"]);
const COMPARISONS: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!="]);
const WHOLE: ReadonlySet<string> = new Set(["+", "-", "*"]);

/** Gives expressions of one function their types. */
export class ExpressionChecker {
  private readonly file: FileScope;
  private readonly scope: FunctionScope;
  /** Returns a function of the file by its name, checked; undefined if it calls itself. */
  private readonly functionOf: (name: string) => WorldFunction | undefined;

  constructor(file: FileScope, scope: FunctionScope, functionOf: (name: string) => WorldFunction | undefined) {
    this.file = file;
    this.scope = scope;
    this.functionOf = functionOf;
  }

  /** Returns an expression of that type: whole numbers become f64 where one is expected. */
  expect(syntax: ExpressionSyntax, type: ValueType): Expression {
    const found = this.read(syntax, type);
    if (found.type === type) return found;
    if (type === "f64" && found.type === "i32") return { kind: "convert", type: "f64", operand: found };
    const hint = type === "i32" && found.type === "f64" ? ": write i32(…) to cut a number off" : "";
    this.note(syntax, `expected ${type}, not ${found.type}${hint}`);
    return type === "bool" ? { kind: "boolean", type, value: false } : { kind: "number", type, value: 0 };
  }

  /** Returns an expression; `wanted` decides the type of a number that could be either. */
  read(syntax: ExpressionSyntax, wanted?: ValueType): Expression {
    switch (syntax.kind) {
      case "number":
        return this.number(syntax, wanted);
      case "boolean":
        return { kind: "boolean", type: "bool", value: syntax.value };
      case "name":
        return this.named(syntax, wanted);
      case "member":
        return this.member(syntax);
      case "element":
        return this.element(syntax);
      case "unary":
        return this.unary(syntax, wanted);
      case "binary":
        return this.binary(syntax, wanted);
      case "conditional": {
        const condition = this.expect(syntax.condition, "bool");
        const type = this.common(syntax.then, syntax.otherwise, wanted);
        return {
          kind: "conditional",
          type,
          condition,
          then: this.expect(syntax.then, type),
          otherwise: this.expect(syntax.otherwise, type),
        };
      }
      case "call":
        return this.valueOfCall(syntax);
      case "new":
        return this.refused(syntax, "expected no new: records are made by slatesim, and handed to functions");
      case "text":
        return this.refused(syntax, "expected no text: worlds are made of numbers");
    }
  }

  /** Returns a call; its value may be none. */
  call(syntax: Call): { readonly callee: WorldFunction; readonly args: readonly Argument[] } | undefined {
    if (syntax.callee.kind !== "name" || !this.file.functions.has(syntax.callee.name)) return undefined;
    if (this.hides(syntax.callee)) return undefined;
    const callee = this.functionOf(syntax.callee.name);
    if (callee === undefined) {
      this.note(syntax, `expected no recursion: ${syntax.callee.name} calls itself`);
      return undefined;
    }
    if (syntax.args.length !== callee.parameters.length) {
      this.note(syntax, `expected ${callee.parameters.length} arguments of ${callee.name}, not ${syntax.args.length}`);
      return undefined;
    }
    const args = callee.parameters.map(({ name, type }, place) =>
      this.argument(syntax.args[place]!, type, callee.writes.has(name)),
    );
    return { callee, args };
  }

  /** Returns the vector that an expression names; undefined if it names none. `isWritten`: it is to be written to. */
  vector(syntax: ExpressionSyntax, isWritten: boolean): VectorReference | undefined {
    if (syntax.kind === "name") {
      const local = this.scope.find(syntax.name);
      if (local?.type !== "vector") return undefined;
      if (isWritten) this.scope.writes.add(syntax.name);
      return { kind: "argument", name: local.unique };
    }
    if (syntax.kind !== "member") return undefined;
    const found = this.fieldOf(syntax, isWritten);
    return found?.field.type === "vector" ? { kind: "field", ...found } : undefined;
  }

  /** Returns the record and the field that a member names; undefined if there is none. */
  fieldOf(syntax: Member, isWritten: boolean): { readonly record: RecordReference; readonly field: Field } | undefined {
    const owner = this.record(syntax.object, isWritten);
    const field = owner?.type.fields.find(({ name }) => name === syntax.property);
    if (owner !== undefined && field === undefined)
      this.note(syntax, `expected a field of ${owner.type.name}, not ${syntax.property}`);
    return owner && field && { record: owner.reference, field };
  }

  note({ at }: ExpressionSyntax, message: string): void {
    this.file.source.note(at, message);
  }

  private record(
    syntax: ExpressionSyntax,
    isWritten: boolean,
  ): { reference: RecordReference; type: RecordType } | undefined {
    if (syntax.kind !== "name") return undefined;
    const local = this.scope.find(syntax.name);
    if (local === undefined && syntax.name === this.file.parameters) {
      if (isWritten) this.note(syntax, "expected no writing to the parameters");
      const type = this.file.records.get("Parameters");
      return type && { reference: { kind: "parameters" }, type };
    }
    if (local === undefined || typeof local.type === "string") return undefined;
    if (isWritten) this.scope.writes.add(syntax.name);
    return { reference: { kind: "argument", name: local.unique }, type: local.type };
  }

  private argument(syntax: ExpressionSyntax, type: ParameterType, isWritten: boolean): Argument {
    if (type === "f64" || type === "i32" || type === "bool") return { kind: "value", value: this.expect(syntax, type) };
    if (type === "vector") {
      const vector = this.vector(syntax, isWritten);
      if (vector) return { kind: "vector", vector };
    } else if (type === "draws") {
      const local = syntax.kind === "name" ? this.scope.find(syntax.name) : undefined;
      if (local?.type === "draws") return { kind: "draws", name: local.unique };
    } else {
      const record = this.record(syntax, isWritten);
      if (record?.type === type) return { kind: "record", record: record.reference };
    }
    if (typeof type === "object") this.note(syntax, `expected a record of class ${type.name}`);
    else this.note(syntax, `expected a parameter or a field of type ${type}`);
    return { kind: "value", value: { kind: "number", type: "f64", value: 0 } };
  }

  private number(syntax: Extract<ExpressionSyntax, { kind: "number" }>, wanted: ValueType | undefined): Expression {
    const { value, isInteger } = syntax;
    if (wanted !== "i32" || !isInteger) return { kind: "number", type: "f64", value };
    if ((value | 0) !== value) this.note(syntax, `expected a 32-bit integer, not ${value}`);
    return { kind: "number", type: "i32", value: value | 0 };
  }

  private named(syntax: Extract<ExpressionSyntax, { kind: "name" }>, wanted: ValueType | undefined): Expression {
    const local = this.scope.find(syntax.name);
    if (local !== undefined) {
      if (local.type === "f64" || local.type === "i32" || local.type === "bool")
        return { kind: "variable", type: local.type, name: local.unique };
      return this.refused(
        syntax,
        `expected a number or a truth value, not ${typeof local.type === "string" ? local.type : local.type.name}`,
      );
    }
    const value = this.file.constants.get(syntax.name) ?? (syntax.name === "Infinity" ? Infinity : undefined);
    if (value === undefined) return this.refused(syntax, `expected a name that is declared, not ${syntax.name}`);
    if (wanted === "i32" && (value | 0) === value) return { kind: "number", type: "i32", value };
    return { kind: "number", type: "f64", value };
  }

  private member(syntax: Member): Expression {
    if (
      syntax.object.kind === "name" &&
      syntax.object.name === "Math" &&
      syntax.property === "PI" &&
      !this.hides(syntax)
    )
      return { kind: "number", type: "f64", value: Math.PI };
    const vector = syntax.property === "length" ? this.vector(syntax.object, false) : undefined;
    if (vector) return { kind: "length", type: "i32", vector };
    const found = this.fieldOf(syntax, false);
    if (found === undefined) return this.refused(syntax, "expected a field of a record of this function");
    const { record, field } = found;
    if (field.type === "vector")
      return this.refused(syntax, `expected an element of the vector, as in ${field.name}[0]`);
    return { kind: "field", type: field.type, record, field };
  }

  private element(syntax: Extract<ExpressionSyntax, { kind: "element" }>): Expression {
    const vector = this.vector(syntax.object, false);
    if (vector === undefined) return this.refused(syntax, "expected an element of a vector");
    return { kind: "element", type: "f64", vector, index: this.expect(syntax.index, "i32") };
  }

  private unary(syntax: Extract<ExpressionSyntax, { kind: "unary" }>, wanted: ValueType | undefined): Expression {
    if (syntax.operator === "!") return { kind: "not", type: "bool", operand: this.expect(syntax.operand, "bool") };
    const operand = this.read(syntax.operand, wanted);
    if (operand.type === "bool") return this.refused(syntax, "expected a number");
    if (syntax.operator === "+") return operand;
    if (operand.kind === "number")
      return { ...operand, value: operand.type === "i32" ? -operand.value | 0 : -operand.value };
    return { kind: "negate", type: operand.type, operand };
  }

  private binary(syntax: Binary, wanted: ValueType | undefined): Expression {
    const { operator } = syntax;
    const [type, of] = this.typesOf(syntax, wanted);
    return { kind: "binary", type, operator, left: this.expect(syntax.left, of), right: this.expect(syntax.right, of) };
  }

  /** Returns the type of a binary expression, and that of its operands. */
  private typesOf({ operator, left, right }: Binary, wanted: ValueType | undefined): [ValueType, ValueType] {
    if (operator === "&&" || operator === "||") return ["bool", "bool"];
    if (COMPARISONS.has(operator)) {
      const type = this.common(left, right, undefined);
      return ["bool", type === "bool" && operator !== "==" && operator !== "!=" ? "f64" : type];
    }
    const type = WHOLE.has(operator) ? this.common(left, right, wanted) : "f64";
    return type === "i32" ? ["i32", "i32"] : ["f64", "f64"];
  }

  /** Returns the type that two expressions share: i32 if both can be, else f64; bool if both are. */
  private common(left: ExpressionSyntax, right: ExpressionSyntax, wanted: ValueType | undefined): ValueType {
    const [a, b] = [this.kindOf(left), this.kindOf(right)];
    if (a === "bool" || b === "bool") return "bool";
    if (a === "either" && b === "either") return wanted === "i32" ? "i32" : "f64";
    return a !== "f64" && b !== "f64" ? "i32" : "f64";
  }

  /** Returns the type of an expression; "either" for whole numbers that are written out. Notes nothing. */
  private kindOf(syntax: ExpressionSyntax): ValueType | "either" {
    switch (syntax.kind) {
      case "number":
        return syntax.isInteger ? "either" : "f64";
      case "boolean":
        return "bool";
      case "unary":
        return syntax.operator === "!" ? "bool" : this.kindOf(syntax.operand);
      case "binary": {
        if (COMPARISONS.has(syntax.operator) || syntax.operator === "&&" || syntax.operator === "||") return "bool";
        if (!WHOLE.has(syntax.operator)) return "f64";
        return this.sharedKind(syntax.left, syntax.right);
      }
      case "conditional":
        return this.sharedKind(syntax.then, syntax.otherwise);
      case "name": {
        const local = this.scope.find(syntax.name);
        if (local !== undefined) return local.type === "i32" || local.type === "bool" ? local.type : "f64";
        return Number.isInteger(this.file.constants.get(syntax.name)) ? "either" : "f64";
      }
      case "member":
        return this.kindOfMember(syntax);
      case "call":
        return this.kindOfCall(syntax);
      default:
        return "f64";
    }
  }

  private sharedKind(left: ExpressionSyntax, right: ExpressionSyntax): ValueType | "either" {
    const [a, b] = [this.kindOf(left), this.kindOf(right)];
    if (a === b) return a;
    if (a === "bool" || b === "bool") return "bool";
    return a === "f64" || b === "f64" ? "f64" : "i32";
  }

  private kindOfMember(syntax: Member): ValueType {
    const { object } = syntax;
    if (object.kind !== "name") return syntax.property === "length" ? "i32" : "f64"; // of a vector in a record
    const local = this.scope.find(object.name);
    const isParameters = local === undefined && object.name === this.file.parameters;
    const type = isParameters ? this.file.records.get("Parameters") : local?.type;
    if (type === "vector" && syntax.property === "length") return "i32";
    if (type === undefined || typeof type === "string") return "f64";
    const found = type.fields.find(({ name }) => name === syntax.property)?.type;
    return found === "i32" || found === "bool" ? found : "f64";
  }

  private kindOfCall({ callee }: Call): ValueType {
    if (callee.kind === "member") return callee.property === "integer" ? "i32" : "f64";
    if (callee.kind !== "name") return "f64";
    if (!this.file.functions.has(callee.name)) return callee.name === "i32" ? "i32" : "f64";
    const returns = this.file.functions.get(callee.name)!.returns?.name;
    if (returns === "bool" || returns === "boolean") return "bool";
    return returns === "i32" ? "i32" : "f64";
  }

  private valueOfCall(syntax: Call): Expression {
    const draw = this.draw(syntax);
    if (draw) return draw;
    const called = this.call(syntax);
    if (called) {
      const { returns } = called.callee;
      if (returns === "void") return this.refused(syntax, `expected a value, and ${called.callee.name} returns none`);
      return { kind: "call", type: returns, ...called };
    }
    return this.builtIn(syntax);
  }

  private draw({ callee, args, ...syntax }: Call): Expression | undefined {
    if (callee.kind !== "member" || callee.object.kind !== "name") return undefined;
    const local = this.scope.find(callee.object.name);
    if (local?.type !== "draws") return undefined;
    const draws = local.unique;
    const expected = callee.property === "integer" ? 1 : 0;
    if (args.length !== expected)
      this.file.source.note(syntax.at, `expected ${expected} arguments, not ${args.length}`);
    if (callee.property === "uniform" || callee.property === "normal")
      return { kind: "draw", type: "f64", draw: callee.property, draws };
    if (callee.property === "integer" && args[0] !== undefined) {
      const range = this.expect(args[0], "i32");
      if (range.kind === "number" && range.value < 1)
        this.note(args[0], `expected a range of at least 1, not ${range.value}`);
      return { kind: "integerDraw", type: "i32", range, draws };
    }
    return this.refused(callee, `expected uniform(), normal() or integer(range), not ${callee.property}`);
  }

  private builtIn(syntax: Call): Expression {
    const name = this.hides(syntax.callee) ? undefined : this.file.libraryName(syntax.callee);
    if (name === "i32" || name === "f64") return this.conversion(syntax, name);
    if (name === undefined || !(BUILT_IN_FUNCTIONS as readonly string[]).includes(name)) return this.unknown(syntax);
    const expected = TWO_ARGUMENTS.has(name) ? 2 : 1;
    if (syntax.args.length !== expected) return this.refused(syntax, `expected ${expected} arguments of ${name}`);
    const args = syntax.args.map((each) => this.expect(each, "f64"));
    return { kind: "builtIn", type: "f64", name: name as BuiltInFunction, args };
  }

  /** Whether a parameter or a variable has the name of the function that is called, and hides it. */
  private hides(callee: ExpressionSyntax): boolean {
    const name = callee.kind === "member" ? callee.object : callee;
    return name.kind === "name" && this.scope.find(name.name) !== undefined;
  }

  private conversion(syntax: Call, type: "f64" | "i32"): Expression {
    const [given] = syntax.args;
    if (given === undefined || syntax.args.length > 1) return this.refused(syntax, `expected 1 argument of ${type}`);
    const operand = this.read(given, type);
    if (operand.type === "bool") return this.refused(syntax, "expected a number, as in x ? 1 : 0");
    return operand.type === type ? operand : { kind: "convert", type, operand };
  }

  private unknown(syntax: Call): Expression {
    const { callee } = syntax;
    const name = callee.kind === "name" ? callee.name : callee.kind === "member" ? `….${callee.property}` : "…";
    if (callee.kind === "name" && !this.hides(callee) && this.file.functions.has(name))
      return { kind: "number", type: "f64", value: 0 }; // noted already
    return this.refused(syntax, `expected a function of this file, or one imported from slatesim/world, not ${name}`);
  }

  private refused(syntax: ExpressionSyntax, message: string): Expression {
    this.note(syntax, message);
    return { kind: "number", type: "f64", value: 0 };
  }
}
