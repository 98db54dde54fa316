import { exponentialCascadeModel, proportionalCascadeModel } from "./cascadeModels.js";
import { multinomialLogitModel, multinomialProportionalModel } from "./multinomialModels.js";

/** RecSim's choice models, each made from its parameters. */
export const choiceModels = Object.freeze({
  multinomialLogit: multinomialLogitModel,
  multinomialProportional: multinomialProportionalModel,
  exponentialCascade: exponentialCascadeModel,
  proportionalCascade: proportionalCascadeModel,
} as const);
