import type { Difference, StepDifference, Verdict } from "../records/index.js";
import { escapeControls } from "../check/escapeControls.js";
import { formatNumber } from "./formatNumber.js";

/** Returns one line for an unchanged run; otherwise where it first differs, as far as that is known. */
export function describeVerdict(path: string, verdict: Verdict): string {
  const extent = `${formatNumber(verdict.blocks)} blocks, ${formatNumber(verdict.users)} users`;
  const name = escapeControls(path);
  const {
    difference,
    life,
    means,
    streamVersion: { locked, now },
  } = verdict;
  const version = locked === now ? [] : [`locked under stream version ${locked}, this is ${now}`];
  if (verdict.equal)
    return `${name}: equal (${extent}${verdict.sameKernel ? "" : "; the kernel is another, its bits are the same"})`;
  const lines = [
    ...version,
    ...(difference === undefined ? [] : describeDifference(difference)),
    ...(life === undefined
      ? []
      : [
          stepDifference(life, "locked", "now"),
          "the blocks are as they were locked: the reference engine has moved, or the file was edited",
        ]),
    ...(means === undefined
      ? []
      : [
          `the means are not what the file says: ${JSON.stringify(means.locked)} locked, ${JSON.stringify(means.now)} now`,
        ]),
  ];
  const reason = lines.length > 0 ? lines : ["its blocks do not add up to its digest: the file was edited"];
  return [`${name}: NOT equal (${extent})`, ...reason.map(escapeControls)].join("\n  ");
}

function describeDifference(difference: Difference): string[] {
  const { block, firstUser, lastUser, locked, now, fromLock, betweenEngines } = difference;
  return [
    `first in block ${block} (users ${firstUser} to ${lastUser}): digest ${locked} locked, ${now} now`,
    ...(betweenEngines ? [stepDifference(betweenEngines, "by the kernel", "by the reference engine")] : []),
    ...(fromLock ? [stepDifference(fromLock, "locked", "now")] : []),
    blame(difference),
  ];
}

function stepDifference({ user, step, field, values: [a, b] }: StepDifference, first: string, second: string): string {
  return `user ${user}, step ${step}: ${field} ${a} ${first}, ${b} ${second}`;
}

function blame({ fromLock, betweenEngines, referenceAsLocked }: Difference): string {
  if (referenceAsLocked) return "the reference engine reproduces the locked block: the kernel has moved";
  if (betweenEngines) return "neither engine reproduces the locked block";
  const moved =
    referenceAsLocked === undefined ? "the policy, the model" : "kernel and reference engine agree: the model";
  if (fromLock) return `${moved} or its numeric functions have changed`;
  return "the recorded episodes are unchanged: other users diverge, or the file was edited";
}
