import { log } from "../../numeric/log.js";
import { checkStatistics, unpulledScores, type ArmStatistics } from "./armStatistics.js";

/**
 * UCB1: mean + c·sqrt(2 ln t / n), c = optimismScaling (Auer, Cesa-Bianchi and Fischer 2002, "Finite-time analysis of the
 * multiarmed bandit problem"). Throws `InvalidInput` for statistics that cannot be.
 */
export function ucb1Scores(statistics: ArmStatistics): number[] {
  checkStatistics(statistics);
  const { t, pulls, reward, optimismScaling } = statistics;
  const width = optimismScaling * Math.sqrt(2 * log(t));
  return unpulledScores(pulls) ?? pulls.map((n, arm) => reward[arm]! / n + width * Math.sqrt(1 / n));
}
