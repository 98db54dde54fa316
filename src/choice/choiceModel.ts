import { isArray } from "../check/lists.js";
import { expectedMistake } from "../check/mistakes.js";
import { listOnce } from "../check/readOnce.js";
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
  const weightsOf = (scores: readonly number[]): number[] => {
    if (!areFinite(scores)) refuse(scoresMistakes(scores));
    return odds(scores);
  };
  const probabilitiesOf = (scores: readonly number[]): number[] => {
    const weights = weightsOf(scores);
    return scores.length === 0 ? [1] : proportions(possible(weights));
  };
  const model: ChoiceModel = Object.freeze({
    weights: (scores) => weightsOf(scoresOnce(scores)),
    probabilities: (scores) => probabilitiesOf(scoresOnce(scores)),
  } satisfies ChoiceModel);
  trusted.set(model, probabilitiesOf);
  return model;
}

/** The package's own models: what they return is a new list of probabilities. */
const trusted = new WeakMap<ChoiceModel, ChoiceModel["probabilities"]>();

/** The function `probabilities` of a model of the package's own, for a list that nothing else can change; undefined for others. */
export function trustedProbabilities(model: ChoiceModel): ChoiceModel["probabilities"] | undefined {
  return trusted.get(model);
}

const ascending = new WeakSet<ChoiceModel>();

/** The same of odds that rise with a document's own score, wherever it is on the slate. */
export function risingChoiceModel(odds: (scores: readonly number[]) => number[]): ChoiceModel {
  const model = choiceModel(odds);
  ascending.add(model);
  return model;
}

/** The scores as they are now: anything may be handed in. */
function scoresOnce(given: readonly number[]): readonly number[] {
  const scores = listOnce("scores", given);
  refuse(scoresMistakes(scores));
  return scores;
}

function areFinite(scores: readonly number[]): boolean {
  for (let slot = 0; slot < scores.length; slot++) if (!Number.isFinite(scores[slot])) return false;
  return true;
}

/** Whether documents may be ranked by their scores instead of their chances, which may be too small to be told apart. */
export function isRising(model: ChoiceModel): boolean {
  return ascending.has(model);
}

export function scoresMistakes(scores: unknown): string[] {
  if (!isArray(scores)) return [expectedMistake("scores", "a list of numbers", scores)];
  return Array.from(scores).flatMap((score: unknown, slot) =>
    Number.isFinite(score) ? [] : [expectedMistake(`scores[${slot}]`, "a finite number", score)],
  );
}

/** The weights, as small as their sum has to be. They may have no proportions: all may be 0, or one too large for a number. */
function possible(weights: number[]): number[] {
  let largest = 0;
  for (let i = 0; i < weights.length; i++) largest = Math.max(largest, weights[i]!);
  if (!(largest > 0 && largest < Infinity)) {
    refuse([expectedMistake("scores", "odds whose sum is in (0, Infinity)", weights)]);
  }
  if (largest * weights.length < Infinity) return weights;
  return weights.map((weight) => weight * 2 ** -32);
}

/** The scores that become negative when the normalizer is subtracted. */
export function belowMistakes(scores: readonly number[], minNormalizer: number): string[] {
  const rule = `a score of at least ${minNormalizer} (minNormalizer)`;
  return scores.flatMap((score, slot) =>
    score >= minNormalizer ? [] : [expectedMistake(`scores[${slot}]`, rule, score)],
  );
}
