import type { Argument, Expression, RecordReference, Statement, VectorReference, WorldFunction } from "./program.js";

/** Called with everything in a body, in the order in which it is evaluated; parts of an expression come before it. */
export interface Visitor {
  expression?(given: Expression): void;
  /** A function that is called, whether or not it has a value, after its arguments. */
  call?(given: { readonly callee: WorldFunction; readonly args: readonly Argument[] }): void;
  /** Called before and after what may be evaluated never, or more than once. */
  enterBranch?(): void;
  leaveBranch?(): void;
  skip?(draws: number): void;
  /** A field that is read. */
  read?(record: RecordReference, field: string): void;
}

export function walk(body: readonly Statement[], visitor: Visitor): void {
  for (const each of body) walkStatement(each, visitor);
}

function walkStatement(each: Statement, visitor: Visitor): void {
  switch (each.kind) {
    case "declare":
      return walkExpression(each.value, visitor);
    case "assign":
      if (each.target.kind === "element") walkExpression(each.target.index, visitor);
      return walkExpression(each.value, visitor);
    case "call":
      each.args.forEach((one) => walkArgument(one, visitor));
      return visitor.call?.(each);
    case "if":
      walkExpression(each.condition, visitor);
      return inBranch(visitor, () => {
        walk(each.then, visitor);
        walk(each.otherwise, visitor);
      });
    case "loop":
      walk(each.initial, visitor);
      return inBranch(visitor, () => {
        walkExpression(each.condition, visitor);
        walk(each.body, visitor);
        walk(each.update, visitor);
      });
    case "return":
      if (each.value) walkExpression(each.value, visitor);
      return undefined;
    case "skip":
      return visitor.skip?.(each.draws);
    default:
      return undefined;
  }
}

export function walkExpression(given: Expression, visitor: Visitor): void {
  switch (given.kind) {
    case "field":
      visitor.read?.(given.record, given.field.name);
      break;
    case "element":
      walkVector(given.vector, visitor);
      walkExpression(given.index, visitor);
      break;
    case "negate":
    case "not":
    case "convert":
      walkExpression(given.operand, visitor);
      break;
    case "binary":
      walkExpression(given.left, visitor);
      if (given.operator === "&&" || given.operator === "||")
        inBranch(visitor, () => walkExpression(given.right, visitor));
      else walkExpression(given.right, visitor);
      break;
    case "conditional":
      walkExpression(given.condition, visitor);
      inBranch(visitor, () => {
        walkExpression(given.then, visitor);
        walkExpression(given.otherwise, visitor);
      });
      break;
    case "builtIn":
      given.args.forEach((each) => walkExpression(each, visitor));
      break;
    case "integerDraw":
      walkExpression(given.range, visitor);
      break;
    case "call":
      given.args.forEach((each) => walkArgument(each, visitor));
      visitor.call?.(given);
      break;
    default:
  }
  visitor.expression?.(given);
}

function walkArgument(given: Argument, visitor: Visitor): void {
  if (given.kind === "value") walkExpression(given.value, visitor);
  if (given.kind === "vector") walkVector(given.vector, visitor);
}

function walkVector(vector: VectorReference, visitor: Visitor): void {
  if (vector.kind === "field") visitor.read?.(vector.record, vector.field.name);
}

function inBranch(visitor: Visitor, visit: () => void): void {
  visitor.enterBranch?.();
  visit();
  visitor.leaveBranch?.();
}
