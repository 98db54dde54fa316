import type { Contender } from "./contender.js";
import type { Score } from "./score.js";

/** Chance alone goes further once in millions of comparisons. */
const MOST_STANDARD_ERRORS = 5;
/** How many lives are compared to the last bit, so many at once: rounding hides a difference in the sums of many. */
const USERS = 1024;
const USERS_AT_ONCE = 64;

/** One sentence for every two contenders at the same task whose mean total engagements differ by more than chance allows. */
export function disagreements(scores: readonly Score[]): string[] {
  const far = rivals(scores, (score) => score.contender).filter(([a, b]) => distance(a, b) > MOST_STANDARD_ERRORS);
  return far.map(([a, b]) => sentence(a, b));
}

/** One sentence for every two contenders at the same task that live numbered users otherwise than to the last bit alike. */
export function bitDifferences(contenders: readonly Contender[]): string[] {
  const numbered = contenders.filter((contender) => contender.liveNumbered !== undefined);
  return rivals(numbered, (contender) => contender).flatMap(([a, b]) => firstDifference(a, b) ?? []);
}

/** Every two that do the same task. */
function rivals<T>(all: readonly T[], contenderOf: (it: T) => Contender): (readonly [T, T])[] {
  const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));
  return pairs.filter(([a, b]) => contenderOf(a).task === contenderOf(b).task);
}

function firstDifference(a: Contender, b: Contender): string | undefined {
  for (let first = 0; first < USERS; first += USERS_AT_ONCE) {
    const [one, other] = [a.liveNumbered!(first, USERS_AT_ONCE), b.liveNumbered!(first, USERS_AT_ONCE)];
    if (one.sum === other.sum && one.sumOfSquares === other.sumOfSquares) continue;
    const sums = `sums ${one.sum} and ${other.sum}, of squares ${one.sumOfSquares} and ${other.sumOfSquares}`;
    const who = `${a.task.name}: ${a.name} and ${b.name} are no equal lives`;
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
  const names = `${a.contender.name} and ${b.contender.name}`;
  const means = `${a.engagement().mean.toFixed(2)} and ${b.engagement().mean.toFixed(2)}`;
  const far = `${distance(a, b).toFixed(1)} standard errors apart`;
  return `${a.contender.task.name}: ${names} do not simulate the same thing: mean engagement ${means}, ${far}`;
}
