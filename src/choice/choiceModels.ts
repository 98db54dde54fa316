import { exponentialCascadeModel, proportionalCascadeModel } from "./cascadeModels.js";
import { multinomialLogitModel, multinomialProportionalModel } from "./multinomialModels.js";

/** RecSim's choice models, each made from its parameters. */
export const choiceModels = Object.freeze({
  /** P(i) ∝ e^score(i), and e^noClickLogit for no click. */
  multinomialLogit: multinomialLogitModel,
  /** P(i) ∝ score(i) - minNormalizer, and noClickMass - minNormalizer for no click. */
  multinomialProportional: multinomialProportionalModel,
  /** Looks at one document after the other, and clicks by e^score. */
  exponentialCascade: exponentialCascadeModel,
  /** Looks at one document after the other, and clicks by score - minNormalizer. */
  proportionalCascade: proportionalCascadeModel,
} as const);
