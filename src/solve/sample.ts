import type { ScalarStateModel } from "../world/scalarState.js";
import { orderedSets, unorderedSets, type CandidateSets } from "./candidateSets.js";
import { clickDistribution } from "./clickDistribution.js";
import { placeOfSlot } from "./optimum.js";
import type { StateGrid, PolicyStep } from "./stateGrid.js";

/** Most documents on slates, and most candidates, of all sets of a sample together. */
const MOST_SLOTS = 2 ** 17;
const MOST_CANDIDATES = 2 ** 12;
const MOST_SETS = 2 ** 15;
const FEWEST_SETS = 2 ** 4;

/** What is solved. */
export interface Problem {
  readonly model: ScalarStateModel;
  readonly slateSize: number;
  readonly numCandidates: number;
  /** Weight of the reward of each step. */
  readonly weights: Float64Array;
}

/** One of several independent samples of candidate sets. */
export interface Sample {
  /** Steps under mix(0), mix(1) … */
  readonly mixes: readonly PolicyStep[];
  /** Steps under a slate at random. */
  readonly random: PolicyStep;
  /** Candidates for the best slates. */
  readonly candidates: CandidateSets;
}

/** Samples candidate sets; with `most`, no more of them, and the same for mixes and best slates. */
export function sample(problem: Problem, grid: StateGrid, number: number, most?: number): Sample {
  const { model, slateSize, numCandidates } = problem;
  const candidates = orderedSets(powerOfTwo(most ?? MOST_CANDIDATES / numCandidates), numCandidates, number);
  const count = most ?? powerOfTwo(MOST_SLOTS / slateSize);
  const outermost = Math.min(2 * slateSize, numCandidates);
  const ranked = most === undefined ? orderedSets(count, numCandidates, number, outermost) : candidates;
  const slots = Array.from({ length: slateSize }, (_, slot) => slot);
  const stepOn = (from: CandidateSets, slate: readonly number[]): PolicyStep => {
    return grid.stepUnder(clickDistribution(model, grid.documents, from, slate));
  };
  const mix = (fromTop: number): PolicyStep => {
    const places = slots.map((slot) => placeOfSlot(slot, fromTop, ranked.size));
    return stepOn(ranked, places);
  };
  return {
    mixes: Array.from({ length: slateSize + 1 }, (_, fromTop) => mix(fromTop)),
    random: stepOn(unorderedSets(count, slateSize, number), slots),
    candidates,
  };
}

/** Returns the largest power of two that is not larger, within bounds. */
function powerOfTwo(x: number): number {
  let power = FEWEST_SETS;
  while (2 * power <= Math.min(x, MOST_SETS)) power *= 2;
  return power;
}
