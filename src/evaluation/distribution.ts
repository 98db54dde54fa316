import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { listOnce, reading } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import type { Draws } from "../random/draws.js";

/** A slate, and how probable it is. */
export interface SlateProbability {
  /** Positions among the candidates, none of them twice. */
  readonly slate: readonly number[];
  /** In [0, 1]. */
  readonly probability: number;
}

/** How many documents a slate has, and of how many. */
export interface SlateSizes {
  readonly slateSize: number;
  readonly numCandidates: number;
}

/** A distribution over the slates of one step. */
export interface SlateDistribution {
  /** Probability of a slate, in its order. */
  probabilityOf(slate: readonly number[]): number;
  /** Probabilities of the slate's first k documents in the first k slots, for all k; the last is that of the slate. */
  prefixProbabilities(slate: readonly number[]): readonly number[];
  /** Probability of each candidate in each slot: [slot][position]. */
  slotProbabilities(): readonly (readonly number[])[];
}

/** Returns the distribution of slates drawn at random without repetition: each has the probability (C - K)!/C!. */
export function uniformSlates({ slateSize, numCandidates }: SlateSizes): SlateDistribution {
  const prefixes: number[] = [];
  let ways = 1;
  for (let slot = 0; slot < slateSize; slot++) prefixes.push(1 / (ways *= numCandidates - slot));
  const row = Array.from({ length: numCandidates }, () => 1 / numCandidates);
  const rows = Array.from({ length: slateSize }, () => row);
  return {
    probabilityOf: () => prefixes[slateSize - 1]!,
    prefixProbabilities: () => prefixes,
    slotProbabilities: () => rows,
  };
}

/** Returns the distribution over listed slates, whose probabilities have been validated. */
export function listedSlates(listed: readonly SlateProbability[], { numCandidates }: SlateSizes): SlateDistribution {
  const probabilityWhere = (holds: (slate: readonly number[]) => boolean): number =>
    listed.reduce((sum, { slate, probability }) => (holds(slate) ? sum + probability : sum), 0);
  const agreeing = (wanted: readonly number[], slots: number): number =>
    probabilityWhere((slate) => wanted.slice(0, slots).every((position, slot) => slate[slot] === position));
  return {
    probabilityOf: (slate) => agreeing(slate, slate.length),
    prefixProbabilities: (slate) => slate.map((_, slot) => agreeing(slate, slot + 1)),
    slotProbabilities: () =>
      listed[0]!.slate.map((_, slot) => {
        const row = Array.from({ length: numCandidates }, () => 0);
        for (const { slate, probability } of listed) row[slate[slot]!]! += probability;
        return row;
      }),
  };
}

/** Draws a slate by inversion of the cumulated probabilities, in the order of the list. */
export function drawSlate(listed: readonly SlateProbability[], draws: Draws): readonly number[] {
  const possible = listed.filter(({ probability }) => probability > 0);
  let left = draws.uniform();
  const drawn = possible.find(({ probability }) => (left -= probability) < 0);
  return (drawn ?? possible.at(-1)!).slate;
}

/** Reads a caller's list of slates once. Throws `InvalidInput` unless they are legal slates whose probabilities add up to 1. */
export function readSlates(given: readonly SlateProbability[], sizes: SlateSizes): readonly SlateProbability[] {
  const field = "slateProbabilities";
  const rule = "a list of slates and their probabilities";
  const list = listOnce(field, given);
  if (!isArray(list) || list.length === 0) refuse([expectedMistake(field, rule, list)]);
  const read = reading(field, rule, given, () =>
    list.map(({ slate, probability }) => ({ slate: listOnce("slate", slate), probability })),
  );
  refuse(read.flatMap((item, index) => itemMistakes(`${field}[${index}]`, item, sizes)));
  const sum = read.reduce((total, { probability }) => total + probability, 0);
  refuse([Math.abs(sum - 1) <= 1e-9 ? undefined : expectedMistake(field, "probabilities whose sum is 1", sum)]);
  return read;
}

function itemMistakes(
  place: string,
  item: SlateProbability,
  { slateSize, numCandidates }: SlateSizes,
): (string | undefined)[] {
  const { slate, probability } = item;
  const legal =
    isArray(slate) &&
    slate.length === slateSize &&
    new Set(slate).size === slateSize &&
    slate.every((position) => Number.isInteger(position) && position >= 0 && position < numCandidates);
  const rule = `${slateSize} different integers in [0, ${numCandidates - 1}]`;
  return [
    legal ? undefined : expectedMistake(`${place}.slate`, rule, slate),
    numberMistake(`${place}.probability`, probability, { min: 0, max: 1 }),
  ];
}
