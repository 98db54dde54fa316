import { closest, distance } from "fastest-levenshtein";

/** Of the longer word, the share of letters that may differ before a suggestion would only puzzle. */
const LARGEST_DIFFERENCE = 0.4;

/** ` (did you mean "seed"?)` when a candidate is close to the word, else the empty string. Case is ignored. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return "";
  const lowered = candidates.map((candidate) => candidate.toLowerCase());
  const nearest = closest(word.toLowerCase(), lowered);
  const differing = distance(word.toLowerCase(), nearest);
  if (differing > LARGEST_DIFFERENCE * Math.max(word.length, nearest.length)) return "";
  return ` (did you mean "${candidates[lowered.indexOf(nearest)]}"?)`;
}
