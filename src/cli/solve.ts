import { InvalidInput } from "../check/invalidInput.js";
import type { World } from "../index.js";
import { describeSolution } from "../report/describeSolution.js";
import { describeSolutions } from "../report/describeSolutions.js";
import { toJson } from "../report/json.js";
import { solveMistakes, type SolveOptions } from "../solve/solveOptions.js";
import { makeWorld, widestWorld, type BuiltInWorld } from "../worlds/scenarios.js";
import { collectErrors } from "./collectErrors.js";
import type { Command } from "./command.js";
import { asNumber, list, toggle, value, type FlagValues } from "./flag.js";
import { json, reportFlags, simulationFlags, scenarioFlags } from "./flags.js";
import { solveWithProgress } from "./optimum.js";
import { outputWidth, print } from "./print.js";
import { readReportFiles } from "./readReportFiles.js";
import { readWords } from "./readWords.js";
import { readScenario } from "./request.js";
import { combinations, readAxes, solveAll } from "./solveOver.js";
import { describedWorld } from "./worldLabel.js";

const flags = {
  ...scenarioFlags,
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
  over: list(
    "--over NAME=VALUE,VALUE…",
    "Solve the world for every combination of the values of two parameters: a table and a heat map.",
  ),
  belief: toggle(
    "--belief",
    "With --over: simulate also the policy that observes users as agents do, and tell what it loses.",
  ),
  ...reportFlags,
  json,
};

/** `slatesim solve`: the optimum by dynamic programming. */
export const solve: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = readWords(words, flags);
  const world = await readScenario(values, mistakes);
  const options = readOptions(values);
  const axes = readAxes(values.over, mistakes);
  if (values.belief && values.over.length === 0) mistakes.push('"--belief" expected --over as well, got nothing');
  const solved = (axes && combinations(axes)) ?? [{}];
  const cells = solved.map((at) => ({ at, world: world && variantOf(world, at, mistakes) }));
  for (const each of cells) mistakes.push(...solveMistakes((each.world ?? widestWorld()) as World, options));
  const files = await readReportFiles(["solve", ...words], values, mistakes);
  if (world === undefined || mistakes.length > 0) throw new InvalidInput([...new Set(mistakes)]);
  if (axes === undefined) {
    const solution = await solveWithProgress(world as World, options);
    print(values.json ? toJson(solution) : describeSolution(solution, describedWorld(world), outputWidth()));
    await files?.write(solution);
  } else {
    const worlds = cells as { at: Readonly<Record<string, number>>; world: World }[];
    const solutions = await solveAll(worlds, options, values.belief);
    print(values.json ? toJson(solutions) : describeSolutions(solutions, describedWorld(world), outputWidth()));
    await files?.write(solutions);
  }
}

function variantOf(
  { scenario, parameters }: BuiltInWorld,
  at: Readonly<Record<string, number>>,
  mistakes: string[],
): BuiltInWorld | undefined {
  return collectErrors(mistakes, () => makeWorld(scenario, { ...parameters, ...at }));
}

function readOptions({ steps, discount, warmUp, gridSize }: FlagValues<typeof flags>): SolveOptions {
  return {
    ...(steps !== undefined && { steps }),
    ...(discount !== undefined && { discount }),
    ...(warmUp !== undefined && { warmUp }),
    ...(gridSize !== undefined && { gridSize }),
  };
}
