// The choice models that a world file can name, and the numbers of each.
import type { NumberRule } from "../check/mistakes.js";

/** A number of a choice model. */
export interface ChoiceNumber {
  readonly name: string;
  readonly rule: NumberRule;
  /** Its value where the file says none; undefined where the file has to say one. */
  readonly fallback?: number;
}

const MIN_NORMALIZER: ChoiceNumber = { name: "minNormalizer", rule: {} };
const SCORE_SCALING: ChoiceNumber = { name: "scoreScaling", rule: { min: 0 } };
const ATTENTION: ChoiceNumber = { name: "attentionProbability", rule: { min: 0, max: 1 }, fallback: 1 };

/** The numbers of each model in the order in which files say them and kernels take them. */
export const CHOICE_NUMBERS = {
  multinomialLogit: [{ name: "noClickLogit", rule: { min: -Infinity }, fallback: -Infinity }],
  multinomialProportional: [MIN_NORMALIZER, { name: "noClickMass", rule: {}, fallback: 0 }],
  exponentialCascade: [SCORE_SCALING, ATTENTION],
  proportionalCascade: [MIN_NORMALIZER, SCORE_SCALING, ATTENTION],
} as const satisfies Readonly<Record<string, readonly ChoiceNumber[]>>;

export type ChoiceModelName = keyof typeof CHOICE_NUMBERS;

/** The models in the order of their numbers in kernels. */
export const CHOICE_MODELS = Object.keys(CHOICE_NUMBERS) as readonly ChoiceModelName[];
