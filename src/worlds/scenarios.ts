import { InvalidInput } from "../check/invalidInput.js";
import { objectMistake, oneOfMistake } from "../check/mistakes.js";
import { parameterMistakes } from "./longTermSatisfaction/parameterMistakes.js";
import { parametersOnce, said, type Parameters } from "./longTermSatisfaction/parameters.js";
import { createWorld, type LongTermSatisfactionWorld } from "./longTermSatisfaction/world.js";

/** What each scenario changes of the defaults. */
const PRESETS = {
  /** The notebook's prose. */
  lts: {},
  /** The notebook's code, two signs away from its prose. */
  "lts-notebook": { equations: "notebook" },
  /** RecSim's own environment. */
  "choc-kale": { equations: "chocKale" },
  /** Ten times as sensitive: here the long term counts. */
  "lts-tradeoff": { sensitivity: 0.1 },
} as const satisfies Readonly<Record<string, Partial<Parameters>>>;

/** The worlds that come with the package, by name. */
export const scenarios = Object.freeze(
  Object.fromEntries(Object.entries(PRESETS).map(([name, preset]) => [name, createWorld(name, preset)])),
) as Scenarios;

/** A world for each of their names; for any other name there may be none. */
type Scenarios = Readonly<Record<keyof typeof PRESETS, LongTermSatisfactionWorld>> &
  Readonly<Record<string, LongTermSatisfactionWorld>>;

/** The scenario of that name with some parameters changed. Throws `InvalidInput`. */
export function makeWorld(scenario: string, parameters: Partial<Parameters> = {}): LongTermSatisfactionWorld {
  const unknown = oneOfMistake("scenario", scenario, Object.keys(PRESETS));
  const given = parametersOnce(parameters);
  if (unknown !== undefined) throw new InvalidInput([unknown, ...parameterMistakes(given)]);
  const noObject = objectMistake("parameters", given);
  if (noObject !== undefined) throw new InvalidInput([noObject]);
  return createWorld(scenario, { ...PRESETS[scenario as keyof typeof PRESETS], ...said(given) });
}
