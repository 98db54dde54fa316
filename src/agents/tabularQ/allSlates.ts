import { expectedMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import type { Slate } from "../../spaces/slate.js";

/** Tables of more slates than these are never filled. */
const MAX_SLATES = 20_000;

/**
 * All full slates without repeats, in lexicographic order; unless the order of a slate counts, each set of positions once,
 * rising. Throws `InvalidInput` where there are too many to try.
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
