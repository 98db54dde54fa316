import type { World } from "../world/world.js";
import { returnName } from "../montecarlo/options.js";
import type { PrecisionTarget } from "./precision.js";
import { pairsOf, type Pair } from "./study.js";
import { returnTotals } from "./studyTotals.js";

/** The mean return under the contender at that place. */
export function meanReturn(world: World, place: number): PrecisionTarget {
  const values: PrecisionTarget["values"] = ({ contenders }) => returnTotals(contenders[place]!);
  return { of: returnName(world), values, scale: values };
}

/** The mean difference of a pair, on the scale of the first one's mean. */
export function pairDifference([first, second]: Pair, names: readonly string[]): PrecisionTarget {
  const at = pairsOf(names.length).findIndex(([a, b]) => a === first && b === second);
  return {
    of: `${names[second]} against ${names[first]}`,
    values: ({ pairs }) => pairs[at]!.difference,
    scale: ({ contenders }) => returnTotals(contenders[first]!),
  };
}
