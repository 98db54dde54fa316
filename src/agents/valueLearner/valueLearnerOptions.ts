import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import { readOnce } from "../../check/readOnce.js";

/** Options of the value learner. */
export interface ValueLearnerOptions {
  /** The documents' field, a number, from whose top and bottom slates are mixed. Default: "educativeness". */
  readonly feature?: string;
  /** γ in [0, 1]: a reward one step later counts γ. Default: 1. */
  readonly discount?: number;
  /** Least share of the episodes that explore, in (0, 1]; the first ones all do, later ones less and less. Default: 0.2. */
  readonly explorationRate?: number;
  /** Mean number of steps for which exploration holds a mix, at least 1. Default: 10. */
  readonly explorationHold?: number;
}

export const VALUE_LEARNER_DEFAULTS: Required<ValueLearnerOptions> = {
  feature: "educativeness",
  discount: 1,
  explorationRate: 0.2,
  explorationHold: 10,
};

/** Reads the options once. */
export function valueLearnerOnce(options: ValueLearnerOptions): ValueLearnerOptions {
  return readOnce("options", options, Object.keys(VALUE_LEARNER_DEFAULTS));
}

/** Fills in the defaults of options that are missing or undefined. */
export function valueLearnerDefaults(options: ValueLearnerOptions): Required<ValueLearnerOptions> {
  const { feature, discount, explorationRate, explorationHold } = VALUE_LEARNER_DEFAULTS;
  return {
    feature: options.feature ?? feature,
    discount: options.discount ?? discount,
    explorationRate: options.explorationRate ?? explorationRate,
    explorationHold: options.explorationHold ?? explorationHold,
  };
}

export function valueLearnerMistakes(options: ValueLearnerOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { feature = "", discount = 1, explorationRate = 1, explorationHold = 1 } = options;
  return [
    ...unknownFieldMistakes("option of valueLearner", options, Object.keys(VALUE_LEARNER_DEFAULTS)),
    typeof feature === "string" ? undefined : expectedMistake("feature", "the name of a field", feature),
    numberMistake("discount", discount, { min: 0, max: 1 }),
    numberMistake("explorationRate", explorationRate, { min: 0, minExcluded: true, max: 1 }),
    numberMistake("explorationHold", explorationHold, { min: 1, max: 65_536 }),
  ];
}
