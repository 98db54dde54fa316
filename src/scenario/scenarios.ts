import { InvalidInput } from "../check/invalidInput.js";
import { objectMistake, oneOfMistake } from "../check/mistakes.js";
import { parameterMistakes } from "./longTermSatisfaction/parameterMistakes.js";
import { said, type Parameters } from "./longTermSatisfaction/parameters.js";
import { createWorld, type LongTermSatisfactionWorld } from "./longTermSatisfaction/world.js";

/** What each scenario changes of the defaults. */
const PRESETS: Readonly<Record<string, Partial<Parameters>>> = {
  /** The notebook's prose. */
  lts: {},
  /** The notebook's code, two signs away from its prose. */
  "lts-notebook": { equations: "notebook" },
  /** RecSim's own environment. */
  "choc-kale": { equations: "chocKale" },
  /** Ten times as sensitive: here the long term counts. */
  "lts-tradeoff": { sensitivity: 0.1 },
};

/** The worlds that come with the package, by name. */
export const scenarios: Readonly<Record<string, LongTermSatisfactionWorld>> = Object.freeze(
  Object.fromEntries(Object.keys(PRESETS).map((name) => [name, createWorld(name, PRESETS[name]!)])),
);

/** The scenario of that name with some parameters changed. Throws `InvalidInput`. */
export function makeWorld(scenario: string, parameters: Partial<Parameters> = {}): LongTermSatisfactionWorld {
  const unknown = oneOfMistake("scenario", scenario, Object.keys(PRESETS));
  if (unknown !== undefined) throw new InvalidInput([unknown, ...parameterMistakes(parameters)]);
  const noObject = objectMistake("parameters", parameters);
  if (noObject !== undefined) throw new InvalidInput([noObject]);
  return createWorld(scenario, { ...PRESETS[scenario], ...said(parameters) });
}
