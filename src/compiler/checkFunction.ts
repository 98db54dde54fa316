import { neverEnds } from "./endlessLoop.js";
import { ExpressionChecker } from "./checkExpression.js";
import type { FileScope } from "./fileScope.js";
import { FunctionScope } from "./functionScope.js";
import { mayChange } from "./functionTraits.js";
import type { Expression, Parameter, Statement, Target, ValueType, WorldFunction } from "./program.js";
import type { FunctionSyntax, StatementSyntax, VariableSyntax } from "./syntax.js";

type Assignment = Extract<StatementSyntax, { kind: "assignment" }>;
type Loop = Extract<StatementSyntax, { kind: "for" | "while" }>;

/** Gives all functions of a file their types, each after those that it calls. */
export class FunctionChecker {
  readonly order: WorldFunction[] = [];
  private readonly file: FileScope;
  private readonly checked = new Map<string, WorldFunction | undefined>();

  constructor(file: FileScope) {
    this.file = file;
  }

  /** Returns a function of the file, checked; undefined while it is being checked, which is recursion. */
  check(name: string): WorldFunction | undefined {
    if (this.checked.has(name)) return this.checked.get(name);
    this.checked.set(name, undefined);
    const made = new FunctionReader(this.file, this.file.functions.get(name)!, (other) => this.check(other)).read();
    this.checked.set(name, made);
    this.order.push(made);
    return made;
  }
}

/** Reads the statements of one function. */
class FunctionReader {
  private readonly file: FileScope;
  private readonly syntax: FunctionSyntax;
  private readonly scope = new FunctionScope();
  private readonly expressions: ExpressionChecker;
  private readonly returns: ValueType | "void";

  constructor(file: FileScope, syntax: FunctionSyntax, functionOf: (name: string) => WorldFunction | undefined) {
    this.file = file;
    this.syntax = syntax;
    this.expressions = new ExpressionChecker(file, this.scope, functionOf);
    this.returns = this.returnType();
  }

  read(): WorldFunction {
    const { name, at, body: statements } = this.syntax;
    const parameters = this.syntax.parameters.map((each): Parameter => {
      if (each.type === undefined) this.file.source.note(each.at, `expected a type, as in ${each.name}: f64`);
      const type = each.type ? this.file.typeOf(each.type) : "f64";
      if (!this.scope.addParameter(each.name, type))
        this.file.source.note(each.at, `expected one parameter ${each.name}`);
      return { name: each.name, type };
    });
    const body = this.block(statements);
    if (this.returns !== "void" && !alwaysReturns(body))
      this.file.source.note(at, `expected ${name} to return ${this.returns} on every path`);
    return { name, parameters, returns: this.returns, body, writes: this.scope.writes };
  }

  private returnType(): ValueType | "void" {
    const { returns } = this.syntax;
    if (returns === undefined || returns.name === "void") return "void";
    const type = this.file.typeOf(returns);
    if (type === "f64" || type === "i32" || type === "bool") return type;
    this.file.source.note(returns.at, "expected f64, i32, bool or void: records are handed in to be filled");
    return "f64";
  }

  private block(statements: readonly StatementSyntax[]): Statement[] {
    return this.scope.inBlock(() => statements.flatMap((each) => this.statement(each)));
  }

  private statement(syntax: StatementSyntax): Statement[] {
    switch (syntax.kind) {
      case "variables":
        return syntax.variables.map((each) => this.variable(each, undefined));
      case "assignment":
        return this.assignment(syntax);
      case "expression":
        return this.call(syntax);
      case "if": {
        const condition = this.expressions.expect(syntax.condition, "bool");
        return [{ kind: "if", condition, then: this.block(syntax.then), otherwise: this.block(syntax.otherwise) }];
      }
      case "for":
      case "while":
        return [this.scope.inBlock(() => this.loop(syntax))];
      case "return":
        return [this.returned(syntax)];
      case "break":
      case "continue":
        if (this.scope.loops === 0) this.file.source.note(syntax.at, `expected ${syntax.kind} inside a loop`);
        return [{ kind: syntax.kind }];
      case "block":
        return this.block(syntax.body);
    }
  }

  /** Declares a variable. One that counts a loop is an integer if it begins with one. */
  private variable(syntax: VariableSyntax, counts: "i32" | undefined): Statement {
    const { at, name, type, value, isConstant } = syntax;
    if (value === undefined) this.file.source.note(at, `expected a first value, as in let ${name}: f64 = 0`);
    const said = type && this.file.typeOf(type);
    if (said === "vector" || said === "draws" || typeof said === "object")
      this.file.source.note(at, "expected f64, i32 or bool: nothing else is made inside a function");
    const wanted = said === "f64" || said === "i32" || said === "bool" ? said : undefined;
    const read = this.valueOf(value, wanted, counts);
    const unique = this.scope.addVariable(name, read.type, isConstant);
    if (unique === undefined) this.file.source.note(at, `expected another name: there is already ${name}`);
    return { kind: "declare", name: unique ?? name, type: read.type, value: read };
  }

  private valueOf(value: VariableSyntax["value"], type: ValueType | undefined, counts: "i32" | undefined): Expression {
    if (value === undefined) return { kind: "number", type: "f64", value: 0 };
    return type === undefined ? this.expressions.read(value, counts) : this.expressions.expect(value, type);
  }

  private assignment(syntax: Assignment): Statement[] {
    const target = this.target(syntax);
    if (target === undefined) return [];
    const { operator, value, at } = syntax;
    if (operator === "=") return [{ kind: "assign", target, value: this.expressions.expect(value, target.type) }];
    if (target.kind === "element" && syntax.target.kind === "element" && mayChange(target.index))
      this.expressions.note(syntax.target.index, `expected an index that neither draws nor writes before ${operator}`);
    // x += y is x = x + y: reading a target has no effect that could come twice.
    const combined = { kind: "binary", at, operator: operator[0] as "+", left: syntax.target, right: value } as const;
    return [{ kind: "assign", target, value: this.expressions.expect(combined, target.type) }];
  }

  private target({ target: syntax }: Assignment): Target | undefined {
    if (syntax.kind === "name") {
      const local = this.scope.find(syntax.name);
      const isVariable = local !== undefined && !local.isConstant && typeof local.type === "string";
      if (isVariable) return { kind: "variable", type: local.type as ValueType, name: local.unique };
      this.expressions.note(syntax, `expected a variable declared by let, not ${syntax.name}`);
      return undefined;
    }
    if (syntax.kind === "element") {
      const vector = this.expressions.references.vector(syntax.object, true);
      if (vector) return { kind: "element", type: "f64", vector, index: this.expressions.expect(syntax.index, "i32") };
    } else if (syntax.kind === "member") {
      const found = this.expressions.references.fieldOf(syntax, true);
      if (found && found.field.type !== "vector") return { kind: "field", type: found.field.type, ...found };
    }
    this.expressions.note(syntax, "expected a variable, a field that is no vector, or an element of a vector");
    return undefined;
  }

  private call({ expression }: Extract<StatementSyntax, { kind: "expression" }>): Statement[] {
    const called = expression.kind === "call" ? this.expressions.calls.call(expression) : undefined;
    if (called) return [{ kind: "call", ...called }];
    if (expression.kind === "call" && this.expressions.calls.isDraw(expression)) {
      this.expressions.note(expression, "expected a draw to be assigned, as in const unused = draws.uniform()");
      return [];
    }
    this.expressions.note(expression, "expected an assignment, or a call of a function of this file");
    return [];
  }

  private loop(syntax: Loop): Statement {
    const initial = syntax.kind === "for" && syntax.initial ? this.initial(syntax.initial) : [];
    const condition: Expression = syntax.condition
      ? this.expressions.expect(syntax.condition, "bool")
      : { kind: "boolean", type: "bool", value: true };
    const update = syntax.kind === "for" && syntax.update ? this.statement(syntax.update) : [];
    this.scope.loops += 1;
    const body = this.block(syntax.body);
    this.scope.loops -= 1;
    if (neverEnds(condition, body))
      this.file.source.note(syntax.at, "expected a loop that can end, by its condition, break or return");
    return { kind: "loop", initial, condition, update, body };
  }

  private initial(syntax: StatementSyntax): Statement[] {
    if (syntax.kind !== "variables") return this.statement(syntax);
    return syntax.variables.map((each) => this.variable(each, "i32"));
  }

  private returned({ at, value }: Extract<StatementSyntax, { kind: "return" }>): Statement {
    if (this.returns === "void") {
      if (value !== undefined) this.file.source.note(at, "expected return without a value");
      return { kind: "return", value: undefined };
    }
    if (value === undefined) this.file.source.note(at, `expected return with a value of type ${this.returns}`);
    return { kind: "return", value: value && this.expressions.expect(value, this.returns) };
  }
}

function alwaysReturns(body: readonly Statement[]): boolean {
  return body.some((each) => {
    if (each.kind === "return") return true;
    return each.kind === "if" && alwaysReturns(each.then) && alwaysReturns(each.otherwise);
  });
}
