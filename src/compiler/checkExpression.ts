import { CallChecker } from "./checkCall.js";
import { ReferenceChecker } from "./checkReference.js";
import { ExpressionTypes } from "./expressionTypes.js";
import type { FileScope } from "./fileScope.js";
import type { FunctionScope } from "./functionScope.js";
import type { Expression, ValueType, WorldFunction } from "./program.js";
import type { Binary, ExpressionSyntax, Member } from "./syntax.js";

/** Gives expressions of one function their types. */
export class ExpressionChecker {
  private readonly file: FileScope;
  private readonly scope: FunctionScope;
  private readonly types: ExpressionTypes;
  readonly references: ReferenceChecker;
  readonly calls: CallChecker;

  /** `functionOf`: a function of the file by its name, checked; undefined if it calls itself. */
  constructor(file: FileScope, scope: FunctionScope, functionOf: (name: string) => WorldFunction | undefined) {
    this.file = file;
    this.scope = scope;
    this.types = new ExpressionTypes(file, scope);
    this.references = new ReferenceChecker(file, scope);
    this.calls = new CallChecker(file, scope, this.references, this, functionOf);
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
        const type = this.types.common(syntax.then, syntax.otherwise, wanted);
        return {
          kind: "conditional",
          type,
          condition,
          then: this.expect(syntax.then, type),
          otherwise: this.expect(syntax.otherwise, type),
        };
      }
      case "call":
        return this.calls.valueOf(syntax);
      case "new":
        return this.refused(syntax, "expected no new: records are made by slatesim, and handed to functions");
      case "text":
        return this.refused(syntax, "expected no text: worlds are made of numbers");
    }
  }

  note({ at }: ExpressionSyntax, message: string): void {
    this.file.source.note(at, message);
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
    const value = this.file.numberOf(syntax.name) ?? (syntax.name === "Infinity" ? Infinity : undefined);
    if (value === undefined) return this.refused(syntax, `expected a name that is declared, not ${syntax.name}`);
    if (wanted === "i32" && (value | 0) === value) return { kind: "number", type: "i32", value };
    return { kind: "number", type: "f64", value };
  }

  private member(syntax: Member): Expression {
    if (
      syntax.object.kind === "name" &&
      syntax.object.name === "Math" &&
      syntax.property === "PI" &&
      !this.scope.hides(syntax)
    )
      return { kind: "number", type: "f64", value: Math.PI };
    const vector = syntax.property === "length" ? this.references.vector(syntax.object, false) : undefined;
    if (vector) return { kind: "length", type: "i32", vector };
    const found = this.references.fieldOf(syntax, false);
    if (found === undefined) return this.refused(syntax, "expected a field of a record of this function");
    const { record, field } = found;
    if (field.type === "vector")
      return this.refused(syntax, `expected an element of the vector, as in ${field.name}[0]`);
    return { kind: "field", type: field.type, record, field };
  }

  private element(syntax: Extract<ExpressionSyntax, { kind: "element" }>): Expression {
    const vector = this.references.vector(syntax.object, false);
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
    const [type, of] = this.types.ofBinary(syntax, wanted);
    return { kind: "binary", type, operator, left: this.expect(syntax.left, of), right: this.expect(syntax.right, of) };
  }

  private refused(syntax: ExpressionSyntax, message: string): Expression {
    this.note(syntax, message);
    return { kind: "number", type: "f64", value: 0 };
  }
}
