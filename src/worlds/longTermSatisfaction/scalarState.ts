import { expectedMistake } from "../../check/mistakes.js";
import { expHalfLess } from "../../numeric/exponential.js";
import type { ScalarStateModel } from "../../world/scalarState.js";
import { equationTerms } from "./equations.js";
import { ltsModel } from "./model.js";
import type { LtsTypes } from "./types.js";
import type { Parameters } from "./parameters.js";

/** The world as `solve` needs it: the state is the exposure. Returns the error of a world whose candidates stay, and are part of the state. */
export function scalarState(parameters: Parameters): ScalarStateModel | string {
  const { resample } = parameters;
  if (resample !== "step")
    return expectedMistake("resample", '"step", so that the exposure is all of the state', resample);
  const { initialExposure, satisfaction, meanEngagement, nextExposure, choiceWeights } = ltsModel(parameters);
  const takesFirst = equationTerms(parameters).choice === "first";
  return {
    stateName: "exposure",
    consideredSlots: takesFirst ? 1 : parameters.slateSize,
    initialStates: [initialExposure(0), initialExposure(1)],
    choiceWeight: takesFirst ? () => 1 : expHalfLess,
    noClickWeight: choiceWeights([0])[1]!,
    meanReward: (document, exposure) => meanEngagement(document, satisfaction(exposure)),
    meanNextState: (document, exposure) => nextExposure(exposure, document, 0),
    noiseStddev: parameters.innovationStddev,
    observed: {
      number: (user) => (user as LtsTypes["user"])[0]!,
      document: (doc) => (doc as LtsTypes["doc"]).educativeness,
      clickedSlot: (responses) => (responses as readonly LtsTypes["response"][]).findIndex(({ click }) => click === 1),
      mean: satisfaction,
      stddev: parameters.observationNoiseStddev,
    },
  };
}
