import { numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { belowMistakes, scoreRankedModel, type ChoiceModel } from "./choiceModel.js";
import { multinomialLogit } from "./multinomialLogit.js";

/** Logit of no click. */
export interface MultinomialLogitOptions {
  /** Logit of no click; -Infinity: there is always a click. Default: -Infinity. */
  readonly noClickLogit?: number;
}

/**
 * P(i) ∝ e^score(i), and e^noClickLogit for no click (McFadden 1974; RecSim's MultinomialLogitChoiceModel). The weights
 * are the probabilities.
 */
export function multinomialLogitModel(options: MultinomialLogitOptions = {}): ChoiceModel {
  const given = readOnce("options", options, ["noClickLogit"]);
  refuse([objectMistake("options", given)]);
  const { noClickLogit = -Infinity } = given;
  refuse([
    ...unknownFieldMistakes("option of multinomialLogit", given, ["noClickLogit"]),
    numberMistake("noClickLogit", noClickLogit, { min: -Infinity }),
  ]);
  return scoreRankedModel((scores) => (scores.length === 0 ? [1] : multinomialLogit(scores, noClickLogit)));
}

/** Options of a multinomial proportional model. */
export interface MultinomialProportionalOptions {
  /** Number subtracted from all scores, and from noClickMass; no score may lie below it. */
  readonly minNormalizer: number;
  /** The score of no click, in [minNormalizer, Infinity). Default: 0. */
  readonly noClickMass?: number;
}

/** P(i) ∝ score(i) - minNormalizer, and noClickMass - minNormalizer for no click (RecSim's MultinomialProportionalChoiceModel). */
export function multinomialProportionalModel(options: MultinomialProportionalOptions): ChoiceModel {
  const given = readOnce("options", options, ["minNormalizer", "noClickMass"]);
  refuse([objectMistake("options", given)]);
  const { minNormalizer, noClickMass = 0 } = given;
  refuse([
    ...unknownFieldMistakes("option of multinomialProportional", given, ["minNormalizer", "noClickMass"]),
    numberMistake("minNormalizer", minNormalizer, {}),
    numberMistake("noClickMass", noClickMass, Number.isFinite(minNormalizer) ? { min: minNormalizer } : {}),
  ]);
  return scoreRankedModel((scores) => {
    refuse(belowMistakes(scores, minNormalizer));
    return [...scores, noClickMass].map((score) => score - minNormalizer);
  });
}
