import { refuse } from "../../check/refuse.js";
import { ltsModel, type LtsModel } from "./model.js";
import { WORLD_STREAM, wordSource } from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import { parameterMistakes } from "./parameterMistakes.js";
import { withDefaults, type Parameters, type PlainParameters } from "./parameters.js";
import { parametersOnce } from "./parametersOnce.js";
import { parametersOfUsers, sharedParameters } from "./plainParameters.js";

/** The user of a world with those parameters; what is left out is as in `longTermSatisfaction`. Throws `InvalidInput`. */
export function userModel(parameters: Partial<PlainParameters>): LtsModel {
  const given = parametersOnce(parameters);
  refuse(parameterMistakes(given));
  return ltsModel(withDefaults(given) as PlainParameters);
}

/** Returns the model of each user under a seed's key, by the user's number. */
export function modelsUnder(parameters: Parameters, key: Key): (user: number) => LtsModel {
  const shared = sharedParameters(parameters);
  const model = shared && ltsModel(shared);
  const parametersOf = parametersOfUsers(parameters);
  return (user) => model ?? ltsModel(parametersOf(wordSource(key, WORLD_STREAM, user)));
}
