import type { Interval } from "../numeric/moments.js";
import type { Solution } from "./solution.js";

/** How far a policy's mean return is from the optimum. */
export interface Regret {
  /** The optimum less the mean return. */
  readonly mean: number;
  /** 95 % interval: that of the mean return, wider by the error of the optimum. */
  readonly ci95: Interval;
  /** The regret as a share of the optimum. */
  readonly share: number;
}

/**
 * Returns the regret of a mean return, such as `run.metrics.totalReward`. The solution must be of the same world, with as many steps and
 * the same discount and warm-up; below 0 there is only noise.
 */
export function regretOf(
  { value, valueError }: Pick<Solution, "value" | "valueError">,
  { mean, ci95: [low, high] }: { readonly mean: number; readonly ci95: Interval },
): Regret {
  const regret = value - mean;
  return { mean: regret, ci95: [value - high - valueError, value - low + valueError], share: regret / value };
}
