import { refuse } from "../../check/refuse.js";
import { ltsModel, type LtsModel } from "./model.js";
import { parameterMistakes } from "./parameterMistakes.js";
import { parametersOnce, withDefaults, type Parameters } from "./parameters.js";

/** The user of a world with those parameters; what is left out is as in `longTermSatisfaction`. Throws `InvalidInput`. */
export function userModel(parameters: Partial<Parameters>): LtsModel {
  const given = parametersOnce(parameters);
  refuse(parameterMistakes(given));
  return ltsModel(withDefaults(given));
}
