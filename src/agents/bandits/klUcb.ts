import { log } from "../../numeric/log.js";
import { checkStatistics, unpulledScores, type ArmStatistics } from "./armStatistics.js";

const MIN_NORMAL = 2 ** -1022;

/**
 * KL-UCB: the largest q with kl(mean, q) ≤ c²·(ln t + 3 ln ln t)/n, c = optimismScaling (Garivier and Cappé 2011, "The KL-UCB
 * algorithm for bounded stochastic bandits and beyond"); the mean itself where the right side is not positive, as for t ≤ 2.
 * Throws `InvalidInput` for statistics that cannot be.
 */
export function klUcbScores(statistics: ArmStatistics): number[] {
  checkStatistics(statistics);
  const { t, pulls, reward, optimismScaling } = statistics;
  const exploration = t === 1 ? 0 : optimismScaling * optimismScaling * (log(t) + 3 * log(log(t)));
  return unpulledScores(pulls) ?? pulls.map((n, arm) => upperBound(reward[arm]! / n, exploration / n));
}

/** Bisection down to neighbouring doubles; the divergence grows from 0 at the mean to infinity at 1. */
function upperBound(mean: number, budget: number): number {
  if (budget <= 0 || mean === 1) return mean;
  let low = mean;
  let high = 1;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return low;
    if (divergence(mean, middle) <= budget) low = middle;
    else high = middle;
  }
}

/** kl(p, q) = p ln(p/q) + (1-p) ln((1-p)/(1-q)) of two coins, for 0 ≤ p < q < 1. */
function divergence(p: number, q: number): number {
  const successes = p < MIN_NORMAL ? 0 : p * log(p / q);
  return successes + (1 - p) * log((1 - p) / (1 - q));
}
