import type { ReferenceChecker } from "./checkReference.js";
import type { FileScope } from "./fileScope.js";
import type { FunctionScope } from "./functionScope.js";
import {
  BUILT_IN_FUNCTIONS,
  type Argument,
  type BuiltInFunction,
  type Expression,
  type ParameterType,
  type ValueType,
  type WorldFunction,
} from "./program.js";
import type { Call, ExpressionSyntax } from "./syntax.js";

const TWO_ARGUMENTS: ReadonlySet<string> = new Set(["min", "max"]);

/** What checks the values among the arguments of a call. */
interface Values {
  read(syntax: ExpressionSyntax, wanted?: ValueType): Expression;
  expect(syntax: ExpressionSyntax, type: ValueType): Expression;
}

/** Checks calls in one function: of functions of the file, of draws and of built-in functions. */
export class CallChecker {
  private readonly file: FileScope;
  private readonly scope: FunctionScope;
  private readonly references: ReferenceChecker;
  private readonly values: Values;
  /** Returns a function of the file by its name, checked; undefined if it calls itself. */
  private readonly functionOf: (name: string) => WorldFunction | undefined;

  constructor(
    file: FileScope,
    scope: FunctionScope,
    references: ReferenceChecker,
    values: Values,
    functionOf: (name: string) => WorldFunction | undefined,
  ) {
    this.file = file;
    this.scope = scope;
    this.references = references;
    this.values = values;
    this.functionOf = functionOf;
  }

  /** Returns a call that has a value. */
  valueOf(syntax: Call): Expression {
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

  /** Returns a call; its value may be none. */
  call(syntax: Call): { readonly callee: WorldFunction; readonly args: readonly Argument[] } | undefined {
    if (syntax.callee.kind !== "name" || !this.file.functions.has(syntax.callee.name)) return undefined;
    if (this.scope.hides(syntax.callee)) return undefined;
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

  private argument(syntax: ExpressionSyntax, type: ParameterType, isWritten: boolean): Argument {
    if (type === "f64" || type === "i32" || type === "bool")
      return { kind: "value", value: this.values.expect(syntax, type) };
    if (type === "vector") {
      const vector = this.references.vector(syntax, isWritten);
      if (vector) return { kind: "vector", vector };
    } else if (type === "draws") {
      const local = syntax.kind === "name" ? this.scope.find(syntax.name) : undefined;
      if (local?.type === "draws") return { kind: "draws", name: local.unique };
    } else {
      const record = this.references.record(syntax, isWritten);
      if (record?.type === type) return { kind: "record", record: record.reference };
    }
    if (typeof type === "object") this.note(syntax, `expected a record of class ${type.name}`);
    else this.note(syntax, `expected a parameter or a field of type ${type}`);
    return { kind: "value", value: { kind: "number", type: "f64", value: 0 } };
  }

  /** Whether something is drawn by a call. */
  isDraw({ callee }: Call): boolean {
    return this.drawsOf(callee) !== undefined;
  }

  /** Returns the name of the draws of which a callee is a method. */
  private drawsOf(callee: ExpressionSyntax): string | undefined {
    if (callee.kind !== "member" || callee.object.kind !== "name") return undefined;
    const local = this.scope.find(callee.object.name);
    return local?.type === "draws" ? local.unique : undefined;
  }

  private draw({ callee, args, ...syntax }: Call): Expression | undefined {
    const draws = this.drawsOf(callee);
    if (draws === undefined || callee.kind !== "member") return undefined;
    const expected = callee.property === "integer" ? 1 : 0;
    if (args.length !== expected)
      this.file.source.note(syntax.at, `expected ${expected} arguments, not ${args.length}`);
    if (callee.property === "uniform" || callee.property === "normal")
      return { kind: "draw", type: "f64", draw: callee.property, draws };
    if (callee.property === "integer" && args[0] !== undefined) {
      const range = this.values.expect(args[0], "i32");
      if (range.kind === "number" && range.value < 1)
        this.note(args[0], `expected a range of at least 1, not ${range.value}`);
      return { kind: "integerDraw", type: "i32", range, draws };
    }
    return this.refused(callee, `expected uniform(), normal() or integer(range), not ${callee.property}`);
  }

  private builtIn(syntax: Call): Expression {
    const name = this.scope.hides(syntax.callee) ? undefined : this.file.libraryName(syntax.callee);
    if (name === "i32" || name === "f64") return this.conversion(syntax, name);
    if (name === undefined || !(BUILT_IN_FUNCTIONS as readonly string[]).includes(name)) return this.unknown(syntax);
    const expected = TWO_ARGUMENTS.has(name) ? 2 : 1;
    if (syntax.args.length !== expected) return this.refused(syntax, `expected ${expected} arguments of ${name}`);
    const args = syntax.args.map((each) => this.values.expect(each, "f64"));
    return { kind: "builtIn", type: "f64", name: name as BuiltInFunction, args };
  }

  private conversion(syntax: Call, type: "f64" | "i32"): Expression {
    const [given] = syntax.args;
    if (given === undefined || syntax.args.length > 1) return this.refused(syntax, `expected 1 argument of ${type}`);
    const operand = this.values.read(given, type);
    if (operand.type === "bool") return this.refused(syntax, "expected a number, as in x ? 1 : 0");
    return operand.type === type ? operand : { kind: "convert", type, operand };
  }

  private unknown(syntax: Call): Expression {
    const { callee } = syntax;
    const name = callee.kind === "name" ? callee.name : callee.kind === "member" ? `….${callee.property}` : "…";
    if (callee.kind === "name" && !this.scope.hides(callee) && this.file.functions.has(name))
      return { kind: "number", type: "f64", value: 0 }; // noted already
    return this.refused(syntax, `expected a function of this file, or one imported from slatesim/world, not ${name}`);
  }

  private note({ at }: ExpressionSyntax, message: string): void {
    this.file.source.note(at, message);
  }

  private refused(syntax: ExpressionSyntax, message: string): Expression {
    this.note(syntax, message);
    return { kind: "number", type: "f64", value: 0 };
  }
}
