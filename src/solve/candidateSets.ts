import { exp } from "../numeric/exponential.js";
import { log } from "../numeric/log.js";
import { shiftedLattice } from "./lattice.js";

/** Sets of candidates, each in falling order: [set][candidate]. */
export interface CandidateSets {
  readonly count: number;
  readonly size: number;
  readonly documents: Float64Array;
}

/**
 * Returns quasi-random sets of the `kept` outermost of `size` independent uniforms in [0, 1], from the greatest to the least; default: of
 * all. They are made from outside in (greatest, least, second greatest, …), so that a slate of the extremes depends on the first
 * coordinates only, and smoothly.
 */
export function orderedSets(count: number, size: number, replicate: number, kept = size): CandidateSets {
  const documents = new Float64Array(count * kept);
  const points = shiftedLattice(count, kept, replicate);
  for (let set = 0; set < count; set++) {
    let [least, greatest] = [0, 1];
    for (let drawn = 0; drawn < kept; drawn++) {
      // The greatest of n uniforms is U^(1/n); the least is as far from the other end.
      const share = exp(log(points[set * kept + drawn]!) / (size - drawn));
      const fromTop = drawn % 2 === 0;
      if (fromTop) greatest = least + (greatest - least) * share;
      else least = greatest - (greatest - least) * share;
      const place = fromTop ? drawn / 2 : kept - (drawn + 1) / 2;
      documents[set * kept + place] = fromTop ? greatest : least;
    }
  }
  return { count, size: kept, documents };
}

/** Returns quasi-random sets of `size` independent uniforms in [0, 1], in no order. */
export function unorderedSets(count: number, size: number, replicate: number): CandidateSets {
  return { count, size, documents: shiftedLattice(count, size, replicate) };
}
