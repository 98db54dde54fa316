import { InvalidInput } from "../check/invalidInput.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { expectedMistake, objectMistake, oneOfMistake } from "../check/mistakes.js";
import type { World } from "../world/world.js";
import {
  INTEREST_SCENARIOS,
  interestMistakes,
  interestWorld,
  isInterestScenario,
  type InterestScenario,
} from "./interest/interestWorlds.js";
import { parameterMistakes } from "./longTermSatisfaction/parameterMistakes.js";
import {
  NUMERIC_PARAMETERS,
  PARAMETER_NAMES,
  said,
  type Parameters,
  type PlainParameters,
} from "./longTermSatisfaction/parameters.js";
import { parametersOnce } from "./longTermSatisfaction/parametersOnce.js";
import { createWorld } from "./longTermSatisfaction/world.js";
import type { LongTermSatisfactionWorld } from "./longTermSatisfaction/types.js";

export type { CorpusDocument, Parameters, UserColumns } from "./longTermSatisfaction/parameters.js";
export { DOCUMENT_RULES, USER_RULES, type TableRules } from "./longTermSatisfaction/tableRules.js";

/** Parameters of each scenario that differ from the defaults. All are worlds of long-term satisfaction. */
const PRESETS = {
  /** Ten times as sensitive: here the long term counts. */
  "lts-tradeoff": { sensitivity: 0.1 },
  /** The notebook's prose. */
  lts: {},
  /** The notebook's code, two signs away from its prose. */
  "lts-notebook": { equations: "notebook" },
  /** RecSim's own environment. */
  "choc-kale": { equations: "chocKale" },
} as const satisfies Readonly<Record<string, Partial<PlainParameters>>>;

/** "lts-tradeoff": the scenario that commands take where no other is named. */
export const DEFAULT_SCENARIO: keyof typeof PRESETS = "lts-tradeoff";

/** The names of all worlds that come with the package. */
export const SCENARIO_NAMES: readonly string[] = [...Object.keys(PRESETS), ...INTEREST_SCENARIOS];

/** A world of long-term satisfaction. */
export type BuiltInWorld<P extends Parameters = PlainParameters> = LongTermSatisfactionWorld<P>;

/** The worlds of long-term satisfaction that come with the package, by name. */
export const scenarios = Object.freeze(
  Object.fromEntries(Object.entries(PRESETS).map(([name, preset]) => [name, createWorld(name, preset)])),
) as Scenarios;

/** A world for each of their names; for any other name there may be none. */
export type Scenarios = Readonly<Record<keyof typeof PRESETS, BuiltInWorld>> & Readonly<Record<string, BuiltInWorld>>;

/**
 * The scenario of that name with some parameters changed. Throws `InvalidInput`. A name of which the compiler only knows that it is a text is
 * taken for one of `scenarios`.
 */
export function makeWorld(scenario: InterestScenario, parameters?: Readonly<Record<string, number | boolean>>): World;
export function makeWorld(scenario: string, parameters?: Partial<PlainParameters>): BuiltInWorld;
export function makeWorld(scenario: string, parameters: Partial<Parameters>): BuiltInWorld<Parameters>;
export function makeWorld(scenario: string, parameters: object = {}): BuiltInWorld<Parameters> | World {
  if (isInterestScenario(scenario)) return interestScenario(scenario, parameters);
  const unknown = scenarioMistake(scenario);
  const given = parametersOnce(parameters);
  if (unknown !== undefined) throw new InvalidInput([unknown, ...parameterMistakes(given)]);
  const noObject = objectMistake("parameters", given);
  if (noObject !== undefined) throw new InvalidInput([noObject]);
  return createWorld(scenario, { ...PRESETS[scenario as keyof typeof PRESETS], ...said(given) });
}

function interestScenario(scenario: InterestScenario, parameters: object): World {
  refuse([objectMistake("parameters", parameters)]);
  return interestWorld(scenario, said(readOnce("parameters", parameters)) as Readonly<Record<string, unknown>>);
}

export function scenarioMistake(scenario: unknown): string | undefined {
  return oneOfMistake("scenario", scenario, SCENARIO_NAMES);
}

/** The parameters of a scenario as it comes; undefined if there is none of that name. */
export function presetParameters(scenario: string): Readonly<Record<string, unknown>> | undefined {
  if (scenarioMistake(scenario) !== undefined) return undefined;
  return { ...(makeWorld(scenario) as World).parameters! };
}

/** The world of a scenario's name and all of its parameters, as results and messages hold them. Throws `InvalidInput`. */
export function restoreWorld(scenario: string, parameters: unknown): World {
  if (isInterestScenario(scenario)) return interestScenario(scenario, parameters as object);
  return createWorld(scenario, parameters as Parameters) as World<never> as World;
}

/** Returns an error for a world that its parameters as JSON do not make again: they hold no table of users. */
export function tableMistake(field: string, parameters: unknown): string | undefined {
  const { users } = parameters as Partial<Parameters>;
  const rule = "a world without a table of users, of which only the hash is written down";
  return users === undefined || users === null ? undefined : expectedMistake(field, rule, users);
}

/** Returns a world that replaces one that could not be made: options that it refuses, every world would refuse. */
export function widestWorld(): BuiltInWorld {
  const { timeBudget, slateSize } = NUMERIC_PARAMETERS;
  const [longest, widest] = [timeBudget.max!, slateSize.max!];
  return makeWorld(DEFAULT_SCENARIO, { timeBudget: longest, slateSize: widest, numCandidates: widest });
}

/** Returns the errors of parameters that must all be present, because defaults may change. */
export function wholeParameterMistakes(scenario: unknown, parameters: Readonly<Record<string, unknown>>): string[] {
  const names = isInterestScenario(scenario) ? Object.keys(presetParameters(scenario)!) : PARAMETER_NAMES;
  const wanted = names.filter((name) => name !== "users"); // which earlier versions did not have
  const missing = wanted.filter((name) => !Object.hasOwn(parameters, name));
  return [
    ...missing.map((name) => expectedMistake(`parameters.${name}`, "a value", undefined)),
    ...(isInterestScenario(scenario) ? interestMistakes(scenario, said(parameters)) : parameterMistakes(parameters)),
  ];
}
