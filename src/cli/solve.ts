import { InvalidInput } from "../check/invalidInput.js";
import type { World } from "../index.js";
import { describeSolution } from "../report/describeSolution.js";
import { toJson } from "../report/json.js";
import { solveMistakes, type SolveOptions } from "../solve/solveOptions.js";
import { widestWorld } from "../worlds/scenarios.js";
import type { Command } from "./command.js";
import { asNumber, value, type FlagValues } from "./flag.js";
import { json, simulationFlags, worldFlags } from "./flags.js";
import { solveWithProgress } from "./optimum.js";
import { outputWidth, print } from "./print.js";
import { readWords } from "./readWords.js";
import { readWorld } from "./request.js";
import { describedWorld } from "./worldLabel.js";

const flags = {
  ...worldFlags,
  steps: value("--steps COUNT", "Solve episodes of COUNT steps.", asNumber).default(
    undefined,
    "the scenario's timeBudget",
  ),
  discount: simulationFlags.discount,
  warmUp: simulationFlags.warmUp,
  gridSize: value("--grid-size COUNT", "Resolve the state by COUNT points.", asNumber).default(
    undefined,
    "doubled from 8 on until the optimal value stays the same",
  ),
  json,
};

/** `slatesim solve`: the optimum by dynamic programming. */
export const solve: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = readWords(words, flags);
  const world = readWorld(values, mistakes);
  const options = readOptions(values);
  mistakes.push(...solveMistakes((world ?? widestWorld()) as World, options));
  if (world === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const solution = await solveWithProgress(world as World, options);
  print(values.json ? toJson(solution) : describeSolution(solution, describedWorld(world), outputWidth()));
}

function readOptions({ steps, discount, warmUp, gridSize }: FlagValues<typeof flags>): SolveOptions {
  return {
    ...(steps !== undefined && { steps }),
    ...(discount !== undefined && { discount }),
    ...(warmUp !== undefined && { warmUp }),
    ...(gridSize !== undefined && { gridSize }),
  };
}
