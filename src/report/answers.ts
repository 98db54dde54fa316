import type { ComparedPair, ComparedPolicy } from "../montecarlo/comparison.js";
import { decimalsFor, formatNumber } from "./formatNumber.js";
import { amountOfReward, type DescribedWorld } from "./worldWords.js";

/** Maximal number of pairs listed. */
const MAX_NAMED = 6;

/** Conclusion of a comparison. */
export interface Answers {
  /** The policy that is significantly better than every other, if there is one. */
  readonly best: string | undefined;
  readonly sentences: readonly string[];
}

/** Answers "which is better?", as far as the intervals allow. `ranked` by descending mean. */
export function answers(
  world: DescribedWorld,
  ranked: readonly ComparedPolicy[],
  pairs: readonly ComparedPair[],
): Answers {
  const digests = new Map(ranked.map(({ policy, digest }) => [policy, digest]));
  const same = pairs.filter(({ a, b }) => digests.get(a) === digests.get(b));
  const open = pairs.filter((pair) => !same.includes(pair) && !pair.significant);
  const leaders = new Set(ranked.filter(({ digest }) => digest === ranked[0]!.digest).map(({ policy }) => policy));
  const next = ranked.find(({ policy }) => !leaders.has(policy));
  const contested = open.some(({ a, b }) => leaders.has(a) || leaders.has(b));
  const [best] = leaders;
  return {
    best: next === undefined || contested ? undefined : best,
    sentences: [
      ...(next === undefined ? [] : [contested ? noWinner(open, pairs) : winner(world, best!, next.policy, pairs)]),
      ...same.map(sameEpisodes),
      ...(contested && open.length === pairs.length ? [] : openPairs(open)),
    ],
  };
}

function winner(world: DescribedWorld, best: string, next: string, pairs: readonly ComparedPair[]): string {
  const { difference } = pairs.find(({ a, b }) => (a === best && b === next) || (a === next && b === best))!;
  const gain = formatNumber(Math.abs(difference.mean), decimalsFor(difference.standardError));
  return `${best} brings most: ${amountOfReward(world, gain)} per user more than ${next}, the next.`;
}

function noWinner(open: readonly ComparedPair[], pairs: readonly ComparedPair[]): string {
  if (open.length < pairs.length) return "No policy is significantly better than all others at 95 % with so few users.";
  return `${pairs.length === 1 ? "The" : "No"} difference is ${pairs.length === 1 ? "not " : ""}significant at 95 % with so few users.`;
}

function sameEpisodes({ a, b }: ComparedPair): string {
  if (a === b) return `${a} was compared with itself: every user has the same episode twice.`;
  return `${a} and ${b} give every user the same episode.`;
}

function openPairs(open: readonly ComparedPair[]): string[] {
  if (open.length === 0) return [];
  const named = open.slice(0, MAX_NAMED).map(({ a, b }) => `${a} and ${b}`);
  const more = open.length > named.length ? `; and ${open.length - named.length} pairs more` : "";
  return [`Not significant at 95 % with so few users: ${named.join("; ")}${more}.`];
}
