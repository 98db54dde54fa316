import type { Argument, Expression, Statement, WorldFunction } from "./program.js";

/** Returns a function whose truth value `argument` is known: branches that cannot be taken are left out. */
export function specialise(made: WorldFunction, argument: string, known: boolean): WorldFunction {
  return { ...made, body: new Specialiser(argument, known).statements(made.body) };
}

class Specialiser {
  private readonly argument: string;
  private readonly known: boolean;

  constructor(argument: string, known: boolean) {
    this.argument = argument;
    this.known = known;
  }

  /** Statements up to the first that surely returns. */
  statements(body: readonly Statement[]): Statement[] {
    const kept: Statement[] = [];
    for (const each of body) {
      kept.push(...this.statement(each));
      if (kept.at(-1)?.kind === "return") break;
    }
    return kept;
  }

  private statement(each: Statement): Statement[] {
    switch (each.kind) {
      case "declare":
      case "assign":
        return [{ ...each, value: this.expression(each.value) }];
      case "call":
        return [{ ...each, args: each.args.map((one) => this.argumentOf(one)) }];
      case "if": {
        const condition = this.expression(each.condition);
        const [then, otherwise] = [this.statements(each.then), this.statements(each.otherwise)];
        if (condition.kind === "boolean") return condition.value ? then : otherwise;
        return [{ ...each, condition, then, otherwise }];
      }
      case "loop": {
        const [initial, update, body] = [each.initial, each.update, each.body].map((part) => this.statements(part));
        return [
          { ...each, condition: this.expression(each.condition), initial: initial!, update: update!, body: body! },
        ];
      }
      case "return":
        return [{ ...each, value: each.value && this.expression(each.value) }];
      default:
        return [each];
    }
  }

  private argumentOf(given: Argument): Argument {
    return given.kind === "value" ? { ...given, value: this.expression(given.value) } : given;
  }

  private expression(given: Expression): Expression {
    switch (given.kind) {
      case "variable":
        return given.name === this.argument ? { kind: "boolean", type: "bool", value: this.known } : given;
      case "element":
        return { ...given, index: this.expression(given.index) };
      case "negate":
      case "convert":
        return { ...given, operand: this.expression(given.operand) };
      case "not": {
        const operand = this.expression(given.operand);
        return operand.kind === "boolean" ? { ...operand, value: !operand.value } : { ...given, operand };
      }
      case "binary":
        return logic({ ...given, left: this.expression(given.left), right: this.expression(given.right) });
      case "conditional": {
        const [condition, then, otherwise] = [given.condition, given.then, given.otherwise].map((each) =>
          this.expression(each),
        );
        if (condition!.kind === "boolean") return condition!.value ? then! : otherwise!;
        return { ...given, condition: condition!, then: then!, otherwise: otherwise! };
      }
      case "builtIn":
        return { ...given, args: given.args.map((each) => this.expression(each)) };
      case "integerDraw":
        return { ...given, range: this.expression(given.range) };
      case "call":
        return { ...given, args: given.args.map((each) => this.argumentOf(each)) };
      default:
        return given;
    }
  }
}

/** `&&` and `||` with a known left side; a known right side must wait, as the left one may draw. */
function logic(given: Extract<Expression, { kind: "binary" }>): Expression {
  const { operator, left, right } = given;
  if (left.kind !== "boolean" || (operator !== "&&" && operator !== "||")) return given;
  return left.value === (operator === "&&") ? right : left;
}
