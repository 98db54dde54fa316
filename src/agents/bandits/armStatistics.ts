import { expectedMistake, numberMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";

/** What the scores of a bandit's arms are made of. */
export interface ArmStatistics {
  /** The number of the coming decision, from 1 on. */
  readonly t: number;
  /** How often each arm was pulled: whole numbers, two arms at least. */
  readonly pulls: readonly number[];
  /** What each arm brought in all: the sum of rewards in [0, 1], so at most its pulls. */
  readonly reward: readonly number[];
  /** Width of confidence, or spread of the posterior: 1 is the textbook's; in [1e-6, 1e6]. */
  readonly optimismScaling: number;
}

/** The door of every algorithm. */
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

/** Its square divides and multiplies, so it may be neither next to nothing nor without bounds. */
export function scalingMistake(optimismScaling: unknown): string | undefined {
  return numberMistake("optimismScaling", optimismScaling, { min: 1e-6, max: 1e6 });
}

/** While some arm was never pulled, only such arms are worth it: Infinity for them, 0 for all others (RecSim's rule). */
export function unpulledScores(pulls: readonly number[]): number[] | undefined {
  return pulls.includes(0) ? pulls.map((count) => (count === 0 ? Infinity : 0)) : undefined;
}

/** The first of the arms with the highest score. */
export function firstHighest(scores: readonly number[]): number {
  return scores.reduce((best, score, arm) => (score > scores[best]! ? arm : best), 0);
}
