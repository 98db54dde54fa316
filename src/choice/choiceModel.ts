import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { proportions } from "./multinomialLogit.js";

/** How a user picks at most one document of a slate, from the scores that the user gives them. */
export interface ChoiceModel {
  /** Unnormalised odds as the model holds them: one per document, no click last. */
  weights(scores: readonly number[]): number[];
  /** Chances of each document being picked, no click last; their sum is 1. An empty slate is a sure no click. */
  probabilities(scores: readonly number[]): number[];
}

/** The model whose odds those are. Both its functions refuse scores that are no finite numbers. */
export function choiceModel(odds: (scores: readonly number[]) => number[]): ChoiceModel {
  const weights = (scores: readonly number[]): number[] => {
    refuse(scoresMistakes(scores));
    return odds(scores);
  };
  return Object.freeze({
    weights,
    probabilities: (scores) => {
      const given = weights(scores);
      return scores.length === 0 ? [1] : proportions(possible(given));
    },
  } satisfies ChoiceModel);
}

function scoresMistakes(scores: unknown): string[] {
  if (!Array.isArray(scores)) return [expectedMistake("scores", "a list of numbers", scores)];
  return Array.from(scores).flatMap((score: unknown, slot) =>
    Number.isFinite(score) ? [] : [expectedMistake(`scores[${slot}]`, "a finite number", score)],
  );
}

/** The weights, unless they have no proportions: they may all be 0, or their sum too large. */
function possible(weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const legal = sum > 0 && sum < Infinity;
  refuse([legal ? undefined : expectedMistake("scores", "odds whose sum is in (0, Infinity)", weights)]);
  return weights;
}

/** The scores that become negative when the normalizer is subtracted. */
export function belowMistakes(scores: readonly number[], minNormalizer: number): string[] {
  const rule = `a score of at least ${minNormalizer} (minNormalizer)`;
  return scores.flatMap((score, slot) =>
    score >= minNormalizer ? [] : [expectedMistake(`scores[${slot}]`, rule, score)],
  );
}
