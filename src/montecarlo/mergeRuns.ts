import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { finishedRun, joinRuns, type Run, type RunHeader } from "./run.js";

/**
 * Returns the run of all users of `a` and of `b`, which follow them. If `a` has a multiple of 4,096 users, the result is bit for bit
 * that of a single run; else the digest is, and the means agree to rounding.
 * Throws `InvalidInput` unless both are runs of this process that differ in nothing but their users.
 */
export function mergeRuns<T extends WorldTypes>(a: Run<T>, b: Run<T>): Run<T> {
  const [first, second] = [finishedRun(a as Run), finishedRun(b as Run)];
  if (first === undefined || second === undefined) {
    throw new InvalidInput(["a run can be merged in the process that ran it, not from a copy"]);
  }
  const sameMetrics = sameText(first.totals.shape.layout, second.totals.shape.layout);
  refuse([
    ...mergeMistakes(first.header, second.header),
    sameMetrics ? undefined : "the runs' metrics differ",
    sameText(first.header.parameters, second.header.parameters) ? undefined : "the runs' parameters differ",
  ]);
  return joinRuns(first, second) as Run<T>;
}

const SAME_FIELDS = [
  "scenario",
  "world",
  "policy",
  "steps",
  "seed",
  "engine",
  "streamVersion",
  "estimator",
  "discount",
  "warmUp",
] as const satisfies readonly (keyof RunHeader)[];

function mergeMistakes(a: RunHeader, b: RunHeader): string[] {
  const mistakes = SAME_FIELDS.filter((field) => a[field] !== b[field]).map((field) =>
    expectedMistake(field, `${showValue(a[field])} in both runs`, b[field]),
  );
  const next = a.firstUser + a.users;
  if (b.firstUser !== next)
    mistakes.push(expectedMistake("firstUser", `${next}, the user after the first run`, b.firstUser));
  return mistakes;
}

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
