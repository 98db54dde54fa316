import { expectedMistake } from "../../check/mistakes.js";
import { expHalfLess } from "../../numeric/exponential.js";
import type { ScalarStateModel } from "../../world/scalarState.js";
import { equationTerms } from "./equations.js";
import { ltsModel } from "./model.js";
import type { LtsTypes } from "./types.js";
import { USER_PARAMETERS, type Parameters } from "./parameters.js";
import { sharedParameters } from "./plainParameters.js";

/** The world as `solve` needs it: the state is the exposure. Returns the error of a world whose candidates stay, and are part of the state. */
export function scalarState(parameters: Parameters): ScalarStateModel | string {
  const shared = sharedParameters(parameters);
  if (shared === undefined) {
    const own =
      parameters.users === null ? USER_PARAMETERS.find((name) => typeof parameters[name] !== "number")! : "users";
    return expectedMistake(
      own,
      "parameters that all users share, as an optimum is that of one kind of user",
      parameters[own],
    );
  }
  const { resample } = shared;
  if (resample !== "step")
    return expectedMistake("resample", '"step", so that the exposure is all of the state', resample);
  const { initialExposure, satisfaction, meanEngagement, nextExposure, choiceWeights } = ltsModel(shared);
  const takesFirst = equationTerms(shared).choice === "first";
  return {
    stateName: "exposure",
    consideredSlots: takesFirst ? 1 : shared.slateSize,
    initialStates: [initialExposure(0), initialExposure(1)],
    choiceWeight: takesFirst ? () => 1 : expHalfLess,
    noClickWeight: choiceWeights([0])[1]!,
    meanReward: (document, exposure) => meanEngagement(document, satisfaction(exposure)),
    meanNextState: (document, exposure) => nextExposure(exposure, document, 0),
    noiseStddev: shared.innovationStddev,
    observed: {
      number: (user) => (user as LtsTypes["user"])[0]!,
      document: (doc) => (doc as LtsTypes["doc"]).educativeness,
      clickedSlot: (responses) => (responses as readonly LtsTypes["response"][]).findIndex(({ click }) => click === 1),
      mean: satisfaction,
      stddev: shared.observationNoiseStddev,
    },
  };
}
