import type { PackagedProgram } from "../compiled/compiledWorld.js";

type Rules = PackagedProgram["rules"];

const probability = { min: 0, max: 1 };
const notNegative = { min: 0 };
const positive = { min: 0, minExcluded: true };

/** Parameters of interest evolution that may not be every number. */
export const EVOLUTION_RULES: Rules = {
  budgetMinutes: positive,
  stepPenaltyMinutes: notNegative,
  videoMinutes: notNegative,
  minQuality: { max: 0 },
  maxQuality: notNegative,
  qualityStddev: notNegative,
  minNormalizer: { max: -1 }, // below each interest
  noClickMass: notNegative,
  alphaXIntercept: positive,
  alphaYIntercept: probability,
  interestTarget: { min: -1, max: 1 },
  userUpdateAlpha: notNegative,
};

/** Parameters of interest exploration that may not be every number. */
export const EXPLORATION_RULES: Rules = {
  noClickLogit: { min: -Infinity }, // that is: always a click
  topic0Probability: probability,
  topic0QualityLogStddev: notNegative,
  topic1QualityLogStddev: notNegative,
  type0Probability: probability,
  type0Topic0AffinityLogStddev: notNegative,
  type0Topic1AffinityLogStddev: notNegative,
  type1Topic0AffinityLogStddev: notNegative,
  type1Topic1AffinityLogStddev: notNegative,
};
