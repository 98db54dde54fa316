import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import { joinOwnRuns, ownHeaderOf, type OwnRun, type OwnRunHeader } from "./ownRun.js";
import { headerOf, joinRuns, type Run, type RunHeader } from "./run.js";

/**
 * The run of all users of `a` and, right after them, of `b`. Where they meet at a multiple of 4,096 users from the first,
 * this is bit for bit the run that would have lived them all; elsewhere the digest still is, and the means agree to rounding.
 * Throws `InvalidInput` unless both are runs of this process that differ in nothing but their users.
 */
export function mergeRuns(a: Run, b: Run): Run;
export function mergeRuns(a: OwnRun, b: OwnRun): OwnRun;
export function mergeRuns(a: Run | OwnRun, b: Run | OwnRun): Run | OwnRun {
  const [first, second] = [headerOf(a as Run), headerOf(b as Run)];
  if (first && second) {
    const differ = JSON.stringify(first.parameters) !== JSON.stringify(second.parameters);
    refuse([
      ...mergeMistakes(first, second, [...SAME_FIELDS, "engine", "estimator"]),
      differ ? "the runs' parameters differ" : undefined,
    ]);
    return joinRuns(a as Run, b as Run);
  }
  const [ownFirst, ownSecond] = [ownHeaderOf(a as OwnRun), ownHeaderOf(b as OwnRun)];
  if (ownFirst && ownSecond) {
    refuse(mergeMistakes(ownFirst, ownSecond, [...SAME_FIELDS, "world"]));
    return joinOwnRuns(a as OwnRun, b as OwnRun);
  }
  const known = (first ?? ownFirst) !== undefined && (second ?? ownSecond) !== undefined;
  throw new InvalidInput([
    known
      ? "a run of an own world cannot be merged with one of long-term satisfaction"
      : "a run can be merged in the process that ran it, not from a copy",
  ]);
}

const SAME_FIELDS = ["scenario", "policy", "steps", "seed", "streamVersion"] as const;

function mergeMistakes<R extends RunHeader | OwnRunHeader>(a: R, b: R, sameFields: readonly (keyof R)[]): string[] {
  const mistakes = sameFields
    .filter((field) => a[field] !== b[field])
    .map((field) => expectedMistake(String(field), `${showValue(a[field])} in both runs`, b[field]));
  const next = a.firstUser + a.users;
  if (b.firstUser !== next)
    mistakes.push(expectedMistake("firstUser", `${next}, the user after the first run`, b.firstUser));
  return mistakes;
}
