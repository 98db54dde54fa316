import type { World } from "../../world/world.js";
import type { CompiledWorldOptions } from "../compiled/compiledProgram.js";
import { optionsOnce, packagedMistakes, packagedWorld } from "../compiled/compiledWorld.js";
import { program as evolution } from "./interestEvolutionProgram.js";
import { program as exploration } from "./interestExplorationProgram.js";
import { EVOLUTION_RULES, EXPLORATION_RULES } from "./parameterRules.js";

const SCENARIOS = {
  "interest-evolution": { program: evolution, rules: EVOLUTION_RULES },
  "interest-exploration": { program: exploration, rules: EXPLORATION_RULES },
} as const;

/** Name of a scenario of users' interests. */
export type InterestScenario = keyof typeof SCENARIOS;

/** Names of the scenarios of users' interests. */
export const INTEREST_SCENARIOS = Object.keys(SCENARIOS) as readonly InterestScenario[];

/**
 * Interest evolution: clicks change what users like, and videos of high quality, which are few, win back a part of the time that they take.
 * Its parameters are those of RecSim, docs/parameters.md has the list. Throws `InvalidInput` with every error at once.
 */
export function interestEvolution(options: CompiledWorldOptions = {}): World {
  return withOptions("interest-evolution", options);
}

/**
 * Interest exploration: users of two types, each of which likes one topic. Its parameters are those of RecSim, docs/parameters.md has the
 * list. Throws `InvalidInput` with every error at once.
 */
export function interestExploration(options: CompiledWorldOptions = {}): World {
  return withOptions("interest-exploration", options);
}

/** The world of that scenario; `parameters` may hold slateSize and numCandidates, too. Throws `InvalidInput`. */
export function interestWorld(scenario: InterestScenario, parameters: Readonly<Record<string, unknown>>): World {
  return packagedWorld(SCENARIOS[scenario], parameters);
}

/** Returns the errors of parameters of that scenario. */
export function interestMistakes(scenario: InterestScenario, parameters: Readonly<Record<string, unknown>>): string[] {
  return packagedMistakes(SCENARIOS[scenario], parameters);
}

export function isInterestScenario(scenario: unknown): scenario is InterestScenario {
  return (INTEREST_SCENARIOS as readonly unknown[]).includes(scenario);
}

function withOptions(scenario: InterestScenario, options: CompiledWorldOptions): World {
  const { given, mistakes } = optionsOnce(options);
  const { parameters, ...shape } = given;
  return packagedWorld(SCENARIOS[scenario], { ...parameters, ...shape }, mistakes);
}
