import { closest, distance } from "fastest-levenshtein";

/** Maximal share of differing letters, of the longer word, for a useful suggestion. */
const MAX_DIFFERENCE = 0.4;

/** Minimal length of a shared part; shorter ones are in too many words. */
const MIN_PART_LENGTH = 4;

/** ` (did you mean "seed"?)` when a candidate is close to the word, else the empty string. Case is ignored. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return "";
  const lowered = candidates.map((candidate) => candidate.toLowerCase());
  const nearest = closest(word.toLowerCase(), lowered);
  const differing = distance(word.toLowerCase(), nearest);
  const near = differing <= MAX_DIFFERENCE * Math.max(word.length, nearest.length);
  const turned = lowered.findIndex((candidate) => isTurned(word.toLowerCase(), candidate));
  const meant = turned >= 0 ? turned : near ? lowered.indexOf(nearest) : onlyOneWith(word.toLowerCase(), lowered);
  return meant < 0 ? "" : ` (did you mean "${candidates[meant]}"?)`;
}

/** Returns whether two neighbouring letters are swapped, as in `rnu` for `run`. */
function isTurned(word: string, candidate: string): boolean {
  const at = [...candidate].findIndex((letter, place) => letter !== word[place]);
  const turned = `${candidate.slice(0, at)}${candidate[at + 1]}${candidate[at]}${candidate.slice(at + 2)}`;
  return at >= 0 && turned === word;
}

/** Returns the only candidate that contains the word, or is contained in it: `evaluate` for `eval`, `tabular` for `tabular-q`. */
function onlyOneWith(word: string, candidates: readonly string[]): number {
  const holds = (candidate: string): boolean => {
    const [short, long] = candidate.length < word.length ? [candidate, word] : [word, candidate];
    return short.length >= MIN_PART_LENGTH && long.includes(short);
  };
  const found = candidates.filter(holds);
  return found.length === 1 ? candidates.indexOf(found[0]!) : -1;
}
