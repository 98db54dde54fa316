import type { Expression, RecordReference, Statement, WorldFunction } from "./program.js";
import { walk, walkExpression } from "./walk.js";

/** Expressions that take about as long as a branch foreseen wrongly. */
const LONG = 30;

/** Whether a record is the world's parameters, which are no record of a user's. */
export function isParameters({ parameters }: WorldFunction, record: RecordReference): boolean {
  if (record.kind === "parameters") return true;
  const type = parameters.find(({ name }) => name === record.name)?.type;
  return typeof type === "object" && type.name === "Parameters";
}

/** Whether it matters for whom a function is called: others are not written to, draw nothing, and end no loop. */
export function heedsMask(made: WorldFunction): boolean {
  let heeds = made.writes.size > 0 || hasLoop(made.body);
  walk(made.body, {
    expression: ({ kind }) => (heeds ||= kind === "draw" || kind === "integerDraw"),
    call: ({ callee }) => (heeds ||= heedsMask(callee)),
  });
  return heeds;
}

/** Whether a function, or one that it calls, has loops, which may not end for users whose numbers mean nothing. */
export function mayGoOn(made: WorldFunction): boolean {
  let goes = hasLoop(made.body);
  walk(made.body, { call: ({ callee }) => (goes ||= mayGoOn(callee)) });
  return goes;
}

function hasLoop(body: readonly Statement[]): boolean {
  return body.some(
    (each) => each.kind === "loop" || (each.kind === "if" && (hasLoop(each.then) || hasLoop(each.otherwise))),
  );
}

/** Whether an expression has to know who evaluates it. */
export function needsMask(given: Expression): boolean {
  let needs = false;
  walkExpression(given, {
    expression: ({ kind }) => (needs ||= kind === "draw" || kind === "integerDraw" || kind === "call"),
  });
  return needs;
}

/** Whether functions that are called in expressions write to records. */
export function mayWrite(given: readonly Expression[]): boolean {
  let writes = false;
  for (const each of given) walkExpression(each, { call: ({ callee }) => (writes ||= callee.writes.size > 0) });
  return writes;
}

/** Whether evaluating an expression changes something: it draws, or writes to a record. */
export function mayChange(given: Expression): boolean {
  let changes = mayWrite([given]);
  walkExpression(given, {
    expression: ({ kind }) => (changes ||= kind === "draw" || kind === "integerDraw"),
    call: ({ args }) => (changes ||= args.some(({ kind }) => kind === "draws")),
  });
  return changes;
}

/** Whether running statements costs more than a branch that nobody can predict, or may never end. */
export function isLong(body: readonly Statement[]): boolean {
  let cost = hasLoop(body) ? Infinity : 0;
  walk(body, {
    expression: ({ kind }) => (cost += kind === "builtIn" || kind === "draw" || kind === "integerDraw" ? 8 : 1),
    call: () => (cost = Infinity),
  });
  return cost > LONG;
}
