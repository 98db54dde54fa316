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
    seen.forEach((place, slot) => (total += weights[slot] = choiceWeight(documents[set * size + place]!)));
    seen.forEach((place, slot) => {
      chebyshevPolynomials(2 * documents[set * size + place]! - 1, polynomials);
      const probability = weights[slot]! / total / count;
      for (let j = 0; j < moments.length; j++) moments[j]! += probability * polynomials[j]!;
    });
    noClick += noClickWeight / total / count;
  }
  return { clicks: grid.weightsOf(moments), noClick };
}
