import type { Statement, WorldFunction } from "./program.js";
import { walk } from "./walk.js";

/** Draws of a function in the order of its calls; "skipped" ones are not needed. */
export type DrawPlan = readonly ("uniform" | "normal" | "skipped")[];

/**
 * Returns the draws of a function, those of functions that it calls included, if it draws the same on every path; else undefined: then its
 * draws have to be made one by one.
 */
export function drawPlanOf(made: WorldFunction): DrawPlan | undefined {
  const plan: DrawPlan[number][] = [];
  let [depth, differs, calleeDiffers] = [0, mayReturnEarly(made.body), false];
  const add = (draws: DrawPlan): void => {
    if (draws.length > 0 && depth > 0) differs = true;
    plan.push(...draws);
  };
  walk(made.body, {
    skip: (draws) => add(Array.from({ length: draws }, () => "skipped")),
    enterBranch: () => (depth += 1),
    leaveBranch: () => (depth -= 1),
    expression: (given) => {
      if (given.kind === "draw") add([given.draw]);
      if (given.kind === "integerDraw") add(["uniform"]);
    },
    call: ({ callee, args }) => {
      if (!args.some(({ kind }) => kind === "draws")) return;
      const inner = drawPlanOf(callee);
      if (inner === undefined) calleeDiffers = true;
      else add(inner);
    },
  });
  return calleeDiffers || (differs && plan.length > 0) ? undefined : plan;
}

/** Whether a return may leave out statements after it. */
function mayReturnEarly(body: readonly Statement[]): boolean {
  return body.slice(0, -1).some(returns);
}

function returns(each: Statement): boolean {
  if (each.kind === "return") return true;
  if (each.kind === "if") return each.then.some(returns) || each.otherwise.some(returns);
  return each.kind === "loop" && each.body.some(returns);
}
