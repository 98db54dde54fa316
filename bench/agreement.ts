import type { Score } from "./score.js";

/** Chance alone goes further once in millions of comparisons. */
const MOST_STANDARD_ERRORS = 5;

/** One sentence for every two contenders at the same task whose mean total engagements differ by more than chance allows. */
export function disagreements(scores: readonly Score[]): string[] {
  const pairs = scores.flatMap((a, i) => scores.slice(i + 1).map((b) => [a, b] as const));
  const rivals = pairs.filter(([a, b]) => a.contender.task === b.contender.task);
  return rivals.filter(([a, b]) => distance(a, b) > MOST_STANDARD_ERRORS).map(([a, b]) => sentence(a, b));
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
