import type { Draws } from "../../random/draws.js";
import { betaDraw } from "../../random/gamma.js";
import { checkStatistics, type ArmStatistics } from "./armStatistics.js";

/** Parameters of each arm's beta distribution. */
export interface BetaPosterior {
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
}

/**
 * Returns the posterior of each arm's mean after a uniform prior: Beta(1 + reward/c², 1 + (n - reward)/c²), c = optimismScaling.
 * Throws `InvalidInput` for statistics that cannot be.
 */
export function thompsonPosterior(statistics: ArmStatistics): BetaPosterior {
  const { pulls, reward, optimismScaling } = statistics;
  checkStatistics(statistics);
  const variance = optimismScaling * optimismScaling;
  return {
    alpha: reward.map((sum) => 1 + sum / variance),
    beta: reward.map((sum, arm) => 1 + (pulls[arm]! - sum) / variance),
  };
}

/** Thompson sampling: one draw from each arm's posterior (Thompson 1933; Agrawal and Goyal 2012). */
export function thompsonScores(statistics: ArmStatistics, draws: Draws): number[] {
  const { alpha, beta } = thompsonPosterior(statistics);
  return alpha.map((successes, arm) => betaDraw(successes, beta[arm]!, draws));
}

/** A fractional reward as a coin of that chance (Agrawal and Goyal 2012): 1 if a uniform in [0, 1) lies below it. */
export function binarised(reward: number, uniform: number): number {
  return uniform < reward ? 1 : 0;
}
