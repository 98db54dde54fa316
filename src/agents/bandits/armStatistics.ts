import { expectedMistake, numberMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";

/** The statistics from which a bandit computes the scores of its arms. */
export interface ArmStatistics {
  /** The number of the coming decision, from 1 on. */
  readonly t: number;
  /** How often each arm was pulled: whole numbers, two arms at least. */
  readonly pulls: readonly number[];
  /** Total reward of each arm: a sum of rewards in [0, 1], so at most its pulls. */
  readonly reward: readonly number[];
  /** Width of confidence, or spread of the posterior: 1 is the textbook's; in [1e-6, 1e6]. */
  readonly optimismScaling: number;
}

/** Validates the statistics of every algorithm. Throws `InvalidInput`. */
export function checkStatistics(statistics: ArmStatistics): void {
  const { t, pulls, reward, optimismScaling } = statistics;
  refuse([
    numberMistake("t", t, { min: 1, integer: true }),
    scalingMistake(optimismScaling),
    Array.isArray(pulls) && pulls.length >= 2
      ? undefined
      : expectedMistake("pulls", "a list of at least 2 numbers", pulls),
    Array.isArray(reward) && reward.length === pulls?.length
      ? undefined
      : expectedMistake("reward", "a list as long as pulls", reward),
  ]);
  refuse(Array.from(pulls, (count, arm) => numberMistake(`pulls[${arm}]`, count, { min: 0, integer: true })));
  refuse(Array.from(reward, (sum, arm) => numberMistake(`reward[${arm}]`, sum, { min: 0, max: pulls[arm]! })));
}

/** Returns an error for a scaling outside [1e-6, 1e6]: its square divides and multiplies, so it must not be close to 0 or unbounded. */
export function scalingMistake(optimismScaling: unknown): string | undefined {
  return numberMistake("optimismScaling", optimismScaling, { min: 1e-6, max: 1e6 });
}

/** Returns Infinity for arms never pulled and 0 for all others, while there are such arms (RecSim's rule). */
export function unpulledScores(pulls: readonly number[]): number[] | undefined {
  return pulls.includes(0) ? pulls.map((count) => (count === 0 ? Infinity : 0)) : undefined;
}

/** Returns the arm with the highest score; ties: lower index first. */
export function firstHighest(scores: readonly number[]): number {
  return scores.reduce((best, score, arm) => (score > scores[best]! ? arm : best), 0);
}
