import type { ScalarStateModel } from "../world/scalarState.js";
import type { CandidateSets } from "./candidateSets.js";
import { chebyshevPolynomials, type ChebyshevGrid } from "./chebyshev.js";

/**
 * What is clicked under a policy that does not look at the state: the mean of f(document) over candidates and choice is
 * Σ clicks[j]·f(point j) for a polynomial f, and `noClick` is the probability of clicking nothing.
 */
export interface ClickDistribution {
  readonly clicks: Float64Array;
  readonly noClick: number;
}

/** Returns the distribution under slates of those places of every set. */
export function clickDistribution(
  { consideredSlots, choiceWeight, noClickWeight }: ScalarStateModel,
  grid: ChebyshevGrid,
  { count, size, documents }: CandidateSets,
  slate: readonly number[],
): ClickDistribution {
  const moments = new Float64Array(grid.points.length);
  const polynomials = new Float64Array(moments.length);
  const seen = slate.slice(0, consideredSlots);
  const weights = new Float64Array(seen.length);
  let noClick = 0;
  for (let set = 0; set < count; set++) {
    let total = noClickWeight;
    for (let slot = 0; slot < seen.length; slot++) {
      weights[slot] = choiceWeight(documents[set * size + seen[slot]!]!);
      total += weights[slot]!;
    }
    const scale = 1 / total / count;
    for (let slot = 0; slot < seen.length; slot++) {
      chebyshevPolynomials(2 * documents[set * size + seen[slot]!]! - 1, polynomials);
      const probability = weights[slot]! * scale;
      for (let j = 0; j < moments.length; j++) moments[j]! += probability * polynomials[j]!;
    }
    noClick += noClickWeight * scale;
  }
  return { clicks: grid.weightsOf(moments), noClick };
}
