import { expectedMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import type { Slate } from "../../spaces/slate.js";

/** Maximal number of slates; a larger table would never be filled. */
const MAX_SLATES = 20_000;

/**
 * Returns all full slates without repeats, in lexicographic order; if `ordinal` is false, each set of positions once, ascending.
 * Throws `InvalidInput` if there are too many to try.
 */
export function allSlates({ numCandidates, slateSize }: Slate, ordinal: boolean): number[][] {
  refuse([numberOfSlatesMistake(numCandidates, slateSize, ordinal)]);
  let slates: number[][] = [[]];
  for (let slot = 0; slot < slateSize; slot++) {
    slates = slates.flatMap((slate) => longer(slate, numCandidates, ordinal));
  }
  return slates;
}

function longer(slate: number[], numCandidates: number, ordinal: boolean): number[][] {
  const positions = Array.from({ length: numCandidates }, (_, position) => position);
  const next = ordinal
    ? positions.filter((position) => !slate.includes(position))
    : positions.slice((slate.at(-1) ?? -1) + 1);
  return next.map((position) => slate.concat(position));
}

function numberOfSlatesMistake(numCandidates: number, slateSize: number, ordinal: boolean): string | undefined {
  let count = 1;
  for (let slot = 0; slot < slateSize; slot++) count *= (numCandidates - slot) / (ordinal ? 1 : slot + 1);
  if (Math.round(count) <= MAX_SLATES) return undefined;
  return expectedMistake("actionSpace", `at most ${MAX_SLATES} slates to try`, Math.round(count));
}
