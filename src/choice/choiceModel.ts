import { isArray } from "../check/lists.js";
import { expectedMistake } from "../check/mistakes.js";
import { listOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { proportions } from "./multinomialLogit.js";

/** Model of the choice of at most one document of a slate, given the user's scores. */
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

/** Models of slatesim itself: their functions return a new list. */
const trusted = new WeakMap<ChoiceModel, ChoiceModel["probabilities"]>();

/** Returns `probabilities` of a model of slatesim itself, for a list that nothing else can change; undefined for user-defined models. */
export function trustedProbabilities(model: ChoiceModel): ChoiceModel["probabilities"] | undefined {
  return trusted.get(model);
}

/** Whether it is one of the package's own, which is frozen and never changes. */
export function isPackageModel(model: ChoiceModel): boolean {
  return trusted.has(model);
}

const ascending = new WeakSet<ChoiceModel>();

/** Returns the model of odds that increase with a document's own score, independent of its slot. */
export function scoreRankedModel(odds: (scores: readonly number[]) => number[]): ChoiceModel {
  const model = choiceModel(odds);
  ascending.add(model);
  return model;
}

/** Reads the scores once; they may be any value. */
function scoresOnce(given: readonly number[]): readonly number[] {
  const scores = listOnce("scores", given);
  refuse(scoresMistakes(scores));
  return scores;
}

function areFinite(scores: readonly number[]): boolean {
  for (let slot = 0; slot < scores.length; slot++) if (!Number.isFinite(scores[slot])) return false;
  return true;
}

/** Returns whether documents can be ranked by score instead of probability; probabilities may be too small to differ. */
export function ranksByScore(model: ChoiceModel): boolean {
  return ascending.has(model);
}

/**
 * Returns whether probabilities are proportional to odds that a document has on every slate and in every slot: false for the cascades;
 * user-defined models are trusted in it.
 */
export function isLogitKind(model: ChoiceModel): boolean {
  return ranksByScore(model) || !isPackageModel(model);
}

export function scoresMistakes(scores: unknown): string[] {
  if (!isArray(scores)) return [expectedMistake("scores", "a list of numbers", scores)];
  return Array.from(scores).flatMap((score: unknown, slot) =>
    Number.isFinite(score) ? [] : [expectedMistake(`scores[${slot}]`, "a finite number", score)],
  );
}

/** Scales the weights so that their sum is finite. Throws `InvalidInput` if they have no proportions: all are 0, or one is infinite. */
function possible(weights: number[]): number[] {
  let largest = 0;
  for (let i = 0; i < weights.length; i++) largest = Math.max(largest, weights[i]!);
  if (!(largest > 0 && largest < Infinity)) {
    refuse([expectedMistake("scores", "odds whose sum is in (0, Infinity)", weights)]);
  }
  if (largest * weights.length < Infinity) return weights;
  return weights.map((weight) => weight * 2 ** -32);
}

/** Returns an error for each score that becomes negative when the normalizer is subtracted. */
export function belowMistakes(scores: readonly number[], minNormalizer: number): string[] {
  const rule = `a score of at least ${minNormalizer} (minNormalizer)`;
  return scores.flatMap((score, slot) =>
    score >= minNormalizer ? [] : [expectedMistake(`scores[${slot}]`, rule, score)],
  );
}
