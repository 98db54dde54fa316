// Loops that are certain never to end, which no run would come out of.
import type { Expression, Statement } from "./program.js";

/** Whether a loop never ends once it has begun: its condition is true whatever happens, and nothing in its body leaves it. */
export function neverEnds(condition: Expression, body: readonly Statement[]): boolean {
  return constantTruth(condition) === true && !leaves(body, true);
}

/** Whether statements may leave the loop around them; `own`: whether a break among them is that loop's. */
function leaves(body: readonly Statement[], own: boolean): boolean {
  return body.some((each) => {
    if (each.kind === "return") return true;
    if (each.kind === "break") return own;
    if (each.kind === "if") return leaves(each.then, own) || leaves(each.otherwise, own);
    return each.kind === "loop" && leaves(each.body, false);
  });
}

/** Returns the truth value that an expression has whatever the world's numbers are; undefined where none is certain. */
function constantTruth(given: Expression): boolean | undefined {
  if (given.kind === "boolean") return given.value;
  if (given.kind === "not") return negated(constantTruth(given.operand));
  if (given.kind !== "binary") return undefined;
  const { operator, left, right } = given;
  if (left.kind === "number" && right.kind === "number") return compared(left.value, operator, right.value);
  const truths = [constantTruth(left), constantTruth(right)];
  if (operator === "||") return truths.includes(true) || undefined;
  return operator === "&&" && truths.every((truth) => truth === true) ? true : undefined;
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function compared(left: number, operator: string, right: number): boolean | undefined {
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  if (operator === ">") return left > right;
  if (operator === ">=") return left >= right;
  if (operator === "==") return left === right;
  return operator === "!=" ? left !== right : undefined;
}
