import type { Candidate } from "./candidate.js";
import type { Score } from "./score.js";

/** Chance alone goes further once in millions of comparisons. */
const MAX_STANDARD_ERRORS = 5;
/** How many episodes are compared to the last bit, so many at once: rounding hides a difference in the sums of many. */
const USERS = 1024;
const USERS_AT_ONCE = 64;

/** One sentence for every two candidates at the same task whose mean total engagements differ by more than chance allows. */
export function disagreements(scores: readonly Score[]): string[] {
  const far = baselines(scores, (score) => score.candidate).filter(([a, b]) => distance(a, b) > MAX_STANDARD_ERRORS);
  return far.map(([a, b]) => sentence(a, b));
}

/** One sentence for every two candidates at the same task, with draws at the same addresses, that run numbered users not to the last bit alike. */
export function bitDifferences(candidates: readonly Candidate[]): string[] {
  const numbered = candidates.filter((candidate) => candidate.numbered !== undefined);
  const pairs = baselines(numbered, (candidate) => candidate);
  return pairs
    .filter(([a, b]) => a.numbered!.addresses === b.numbered!.addresses)
    .flatMap(([a, b]) => firstDifference(a, b) ?? []);
}

/** Every two that do the same task. */
function baselines<T>(all: readonly T[], candidateOf: (it: T) => Candidate): (readonly [T, T])[] {
  const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));
  return pairs.filter(([a, b]) => candidateOf(a).task === candidateOf(b).task);
}

function firstDifference(a: Candidate, b: Candidate): string | undefined {
  for (let first = 0; first < USERS; first += USERS_AT_ONCE) {
    const [one, other] = [a.numbered!.run(first, USERS_AT_ONCE), b.numbered!.run(first, USERS_AT_ONCE)];
    if (one.sum === other.sum && one.sumOfSquares === other.sumOfSquares) continue;
    const sums = `sums ${one.sum} and ${other.sum}, of squares ${one.sumOfSquares} and ${other.sumOfSquares}`;
    const who = `${a.task.name}: ${a.name} and ${b.name} do not simulate the same episodes`;
    return `${who}: engagement of ${USERS_AT_ONCE} users from ${first} on, ${sums}`;
  }
  return undefined;
}

/** In standard errors of the difference. */
function distance(a: Score, b: Score): number {
  const [one, other] = [a.engagement(), b.engagement()];
  return Math.abs(one.mean - other.mean) / Math.hypot(one.standardError, other.standardError);
}

function sentence(a: Score, b: Score): string {
  const names = `${a.candidate.name} and ${b.candidate.name}`;
  const means = `${a.engagement().mean.toFixed(2)} and ${b.engagement().mean.toFixed(2)}`;
  const far = `${distance(a, b).toFixed(1)} standard errors apart`;
  return `${a.candidate.task.name}: ${names} do not simulate the same thing: mean engagement ${means}, ${far}`;
}
