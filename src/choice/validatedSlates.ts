import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { listOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { Slate } from "../spaces/slate.js";
import {
  optimizeBy,
  scaledSlateValue,
  slateProblem,
  type Optimize,
  type SlateOptimizerName,
  type SlateProblem,
} from "./slateOptimizers.js";
import { numbersMistakes, WEIGHT } from "./validatedChoice.js";

/**
 * Returns the positions of a full slate of `slateSize` of the candidates. `weights` are their odds of being chosen, as a choice model of
 * the logit kind has them, and `noClickWeight` those of no click: numbers in [0, Infinity), not all 0. `values` are what a click on each is
 * worth: finite numbers. Ties: lower position first. Throws `InvalidInput`.
 */
export type SlateOptimizer = (
  weights: readonly number[],
  noClickWeight: number,
  values: readonly number[],
  slateSize: number,
) => number[];

/** How SlateQ (Ie et al. 2019) fills a slate by given item values. */
export const slateOptimizers = Object.freeze({
  /** The documents with the largest product of odds and value, largest first. */
  topK: validated(optimizeBy.topK),
  /** The document first that makes the slate worth most, then the next, given those before it. */
  greedy: validated(optimizeBy.greedy),
  /** A slate with the largest `slateValue` of all slates of that size, but for rounding; never below the other two. */
  exact: validated(optimizeBy.exact),
} as const satisfies Record<SlateOptimizerName, SlateOptimizer>);

/**
 * The expected value of the click on a slate, in the unit of `values`: Σ vᵢqᵢ / (v₀ + Σ vᵢ) over the positions of `slate`, where v are the
 * weights, v₀ that of no click and q the values, as in `SlateOptimizer`. It is -Infinity for a slate that cannot be: all odds, also of no
 * click, are 0. Throws `InvalidInput`.
 */
export function slateValue(
  weights: readonly number[],
  noClickWeight: number,
  values: readonly number[],
  slate: readonly number[],
): number {
  const problem = problemOnce(weights, noClickWeight, values);
  const numCandidates = problem.weights.length;
  const positions = new Slate({ numCandidates, slateSize: numCandidates }).read(slate);
  return scaledSlateValue(problem, positions) / problem.valueScale;
}

function validated(optimize: Optimize): SlateOptimizer {
  return (weights, noClickWeight, values, slateSize) => {
    const problem = problemOnce(weights, noClickWeight, values);
    refuse([numberMistake("slateSize", slateSize, { min: 1, max: problem.weights.length, integer: true })]);
    return optimize(problem, slateSize);
  };
}

function problemOnce(weights: readonly number[], noClickWeight: number, values: readonly number[]): SlateProblem {
  const odds = listOnce("weights", weights);
  const worth = listOnce("values", values);
  refuse([
    ...numbersMistakes("weights", odds, WEIGHT),
    numberMistake("noClickWeight", noClickWeight, WEIGHT),
    ...numbersMistakes("values", worth, {}),
  ]);
  const nothing = noClickWeight === 0 && odds.every((weight) => weight === 0);
  refuse([
    odds.length === 0 ? expectedMistake("weights", "one for each candidate, and at least one", odds) : undefined,
    nothing && odds.length > 0
      ? expectedMistake("weights", "one above 0, beside a noClickWeight of 0", odds)
      : undefined,
    isArray(worth) && worth.length === odds.length
      ? undefined
      : expectedMistake("values", `${odds.length} numbers, one for each of weights`, worth),
  ]);
  return slateProblem(odds, noClickWeight, worth);
}
