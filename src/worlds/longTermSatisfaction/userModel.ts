import { refuse } from "../../check/refuse.js";
import { parameterMistakes } from "./parameterMistakes.js";
import { parametersOnce, withDefaults, type Parameters } from "./parameters.js";
import { userModel as modelOf, type UserModel } from "./user.js";

/** The user of a world with those parameters; what is left out is as in `longTermSatisfaction`. Throws `InvalidInput`. */
export function userModel(parameters: Partial<Parameters>): UserModel {
  const given = parametersOnce(parameters);
  refuse(parameterMistakes(given));
  return modelOf(withDefaults(given));
}
