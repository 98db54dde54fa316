import type { Equations, PlainParameters } from "./parameters.js";

/**
 * Differences of the three versions of the model: the direction in which educativeness k moves exposure, which parameters of
 * engagement hold at k = 1 and at k = 0, and whether the user chooses at all.
 *
 * The notebook's prose says that educational videos build satisfaction; its code has two signs the other way round, as it
 * took RecSim's choc/kale world and read k where RecSim has a clickbait score. RecSim's own user takes the first document.
 */
export interface EquationTerms {
  /** Weight of k - 1/2 in the exposure. */
  readonly exposureDrift: 2 | -2;
  readonly choice: "logit" | "first";
  readonly logMeanAtOne: number;
  readonly logMeanAtZero: number;
  readonly logStddevAtOne: number;
  readonly logStddevAtZero: number;
}

export function driftUnder(equations: Equations): EquationTerms["exposureDrift"] {
  return equations === "prose" ? 2 : -2;
}

export function choiceUnder(equations: Equations): EquationTerms["choice"] {
  return equations === "chocKale" ? "first" : "logit";
}

export function equationTerms(parameters: PlainParameters): EquationTerms {
  const meme = [parameters.memeEngagementLogMean, parameters.memeEngagementLogStddev] as const;
  const educational = [parameters.educationalEngagementLogMean, parameters.educationalEngagementLogStddev] as const;
  const { equations } = parameters;
  const asProse = equations === "prose";
  const [logMeanAtOne, logStddevAtOne] = asProse ? educational : meme;
  const [logMeanAtZero, logStddevAtZero] = asProse ? meme : educational;
  return {
    exposureDrift: driftUnder(equations),
    choice: choiceUnder(equations),
    logMeanAtOne,
    logMeanAtZero,
    logStddevAtOne,
    logStddevAtZero,
  };
}
