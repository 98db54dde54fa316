import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { onProgressMistake, signalMistake, stepsMistake } from "../montecarlo/optionMistakes.js";
import { worldMistake, type World } from "../world/world.js";

/** How a world is solved. */
export interface SolveOptions {
  /** Steps of each episode, in [1, timeBudget]. Default: the time budget. */
  readonly steps?: number;
  /** γ in [0, 1]: a reward t steps after the warm-up counts γ^t. Default: 1. */
  readonly discount?: number;
  /** First steps that are left out of the return; integer in [0, steps). Default: 0. */
  readonly warmUp?: number;
  /** Points of the grid of states, in [4, 512]. Default: doubled from 8 on until the value changes by less than 3 in 10^6, or at 256. */
  readonly gridSize?: number;
  /** Ends the work: `solve` rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called from time to time with the number of steps solved, and the number expected, over all grids and samples. */
  readonly onProgress?: (stepsDone: number, stepsExpected: number) => void;
}

const OPTION_NAMES = ["steps", "discount", "warmUp", "gridSize", "signal", "onProgress"];

export function solveOptionsOnce(given: SolveOptions): SolveOptions {
  return readOnce("options", given, OPTION_NAMES);
}

/** Returns all errors in the world and the options of `solve`. */
export function solveMistakes(world: World, options: SolveOptions): string[] {
  const noObject = [worldMistake(world), objectMistake("options", options)].filter((mistake) => mistake !== undefined);
  if (noObject.length > 0) return noObject;
  const { steps = world.timeBudget, discount = 1, warmUp = 0, gridSize, signal, onProgress } = options;
  const wrongSteps = stepsMistake(steps, world.timeBudget);
  return [
    ...unknownFieldMistakes("solve option", options, OPTION_NAMES),
    structureMistake(world),
    wrongSteps,
    numberMistake("discount", discount, { min: 0, max: 1 }),
    numberMistake("warmUp", warmUp, { min: 0, max: wrongSteps === undefined ? steps - 1 : Infinity, integer: true }),
    gridSize === undefined ? undefined : numberMistake("gridSize", gridSize, { min: 4, max: 512, integer: true }),
    signalMistake(signal),
    onProgressMistake(onProgress),
  ].filter((mistake) => mistake !== undefined);
}

function structureMistake({ scenario, scalarState }: World): string | undefined {
  if (scalarState === undefined) {
    return expectedMistake("world", "a world that says how its state moves, as long-term satisfaction does", scenario);
  }
  const model = scalarState();
  return typeof model === "string" ? model : undefined;
}
