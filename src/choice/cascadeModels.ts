import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { exp } from "../numeric/exponential.js";
import { belowMistakes, choiceModel, type ChoiceModel } from "./choiceModel.js";

/** Options of a cascade model. */
export interface CascadeOptions {
  /** Chance that a document is looked at once the user has come to it, in [0, 1]. Default: 1. */
  readonly attentionProbability?: number;
  /** Factor that makes a document's (exponential or normalised) score its chance of a click when looked at; at least 0. */
  readonly scoreScaling: number;
}

/** Options of a proportional cascade model. */
export interface ProportionalCascadeOptions extends CascadeOptions {
  /** Number subtracted from all scores; no score may lie below it. */
  readonly minNormalizer: number;
}

const CASCADE_OPTIONS = ["attentionProbability", "scoreScaling"];

/** The cascade on e^score (RecSim's ExponentialCascadeChoiceModel). */
export function exponentialCascadeModel(options: CascadeOptions): ChoiceModel {
  const given = readOnce("options", options, CASCADE_OPTIONS);
  refuse([objectMistake("options", given)]);
  refuse(cascadeMistakes("exponentialCascade", given, []));
  return choiceModel((scores) => cascade(scores, scores.map(expOrLimit), given));
}

/** The cascade on score - minNormalizer (RecSim's ProportionalCascadeChoiceModel). */
export function proportionalCascadeModel(options: ProportionalCascadeOptions): ChoiceModel {
  const given = readOnce("options", options, [...CASCADE_OPTIONS, "minNormalizer"]);
  refuse([objectMistake("options", given)]);
  const { minNormalizer } = given;
  refuse([
    ...cascadeMistakes("proportionalCascade", given, ["minNormalizer"]),
    numberMistake("minNormalizer", minNormalizer, {}),
  ]);
  return choiceModel((scores) => {
    refuse(belowMistakes(scores, minNormalizer));
    const normalised = scores.map((score) => score - minNormalizer);
    return cascade(scores, normalised, given);
  });
}

/**
 * The user walks down the slate and clicks document i with chance a·g·value(i) unless an earlier one was clicked
 * (Craswell et al. 2008, "An experimental comparison of click position-bias models"). A document that is not looked at does
 * not stop the walk.
 */
function cascade(scores: readonly number[], values: readonly number[], options: CascadeOptions): number[] {
  const { attentionProbability = 1, scoreScaling } = options;
  const clicks = values.map((value) => scoreScaling * value);
  const rule = `a score that becomes at most 1 times scoreScaling (${scoreScaling})`;
  refuse(
    clicks.map((click, slot) => (click <= 1 ? undefined : expectedMistake(`scores[${slot}]`, rule, scores[slot]))),
  );
  let still = 1;
  const weights = clicks.map((click) => {
    const chance = still * attentionProbability * click;
    still *= 1 - attentionProbability * click;
    return chance;
  });
  return [...weights, still];
}

/** Returns e^x, and its limits outside the domain of `exp`: 0 far below, more than any scaling allows far above. */
function expOrLimit(x: number): number {
  if (x < -708) return 0;
  return x > 708 ? Infinity : exp(x);
}

function cascadeMistakes(model: string, options: CascadeOptions, further: readonly string[]): (string | undefined)[] {
  const { attentionProbability = 1, scoreScaling } = options;
  return [
    ...unknownFieldMistakes(`option of ${model}`, options, [...CASCADE_OPTIONS, ...further]),
    numberMistake("attentionProbability", attentionProbability, { min: 0, max: 1 }),
    numberMistake("scoreScaling", scoreScaling, { min: 0 }),
  ];
}
