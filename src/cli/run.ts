import { InvalidInput } from "../check/invalidInput.js";
import { takesStdout } from "../files/place.js";
import type { RunOptions } from "../montecarlo/options.js";
import { simulate } from "../montecarlo/simulate.js";
import { describeRun, describeSpeed } from "../report/describeRun.js";
import { toJson } from "../report/json.js";
import { RESULT_COLUMNS, runTable } from "../report/resultTable.js";
import type { Command, Route } from "./command.js";
import { config, experimentOf, readExperimentWords } from "./config.js";
import { asText, value, type FlagValues } from "./flag.js";
import {
  agentModule,
  csv,
  DEFAULT_POLICY,
  isSolved,
  json,
  POLICIES,
  policyFlags,
  reportFlags,
  SOLVED_POLICIES,
  trajectoryFlags,
  userFlags,
  simulationFlags,
  worldFlags,
} from "./flags.js";
import { simulateMany } from "./simulateMany.js";
import { note, outputWidth } from "./print.js";
import { readReportFiles } from "./readReportFiles.js";
import { checkRunOptions, effectiveRun, readOnePolicy, readRunOptions, readStore, readWorld } from "./request.js";
import { readTableTarget } from "./tableTarget.js";
import { describedWorld } from "./worldLabel.js";

const flags = {
  config,
  ...worldFlags,
  ...policyFlags,
  agentModule,
  policy: value(
    "--policy NAME",
    `Fill the slates by policy NAME: ${POLICIES}, ${SOLVED_POLICIES.join(", ")}. Excludes policies from modules.`,
    asText,
  )
    .default(undefined, DEFAULT_POLICY)
    .standsFor("policies"),
  ...userFlags,
  ...simulationFlags,
  ...trajectoryFlags,
  csv,
  ...reportFlags,
  json,
};

/** `slatesim run`: one policy on many users, summarised. */
export const run: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[], route: Route = {}): Promise<void> {
  const { values, mistakes } = await readExperimentWords(words, flags, "run");
  const world = await readWorld(values, mistakes);
  const { policy: name, policyModule, agentModule: ofAgents } = values;
  const solvedName = isSolved(name) && (policyModule ?? ofAgents) === undefined ? name : undefined;
  const optimum = solvedName && (await import("./optimum.js"));
  const chosen = optimum ? optimum.unsolved[solvedName!] : await readOnePolicy(values, mistakes);
  optimum?.checkSolvable(world, mistakes);
  const options = readRunOptions(values, mistakes, route.queue);
  checkRunOptions(options, world, chosen, mistakes);
  const trajectories = await loadTrajectories(values);
  const wanted = trajectories?.readTrajectoryRequest(values, options, mistakes);
  const table = await readTableTarget(values, RESULT_COLUMNS, mistakes);
  const store = await readStore(values, mistakes);
  const files = await readReportFiles(["run", ...words], values, mistakes);
  if (world === undefined || chosen === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const policy = optimum ? await new optimum.Solutions(options).policyIn(world, chosen) : chosen;
  if (wanted !== undefined && !(await trajectories!.exportTrajectories(wanted, world, policy, options))) return;
  const out = store && { folder: values.out!, store };
  const experiment = experimentOf("run", values, effectiveRun(values, options));
  const simulation = async (control: Partial<RunOptions>) => ({
    ...(await simulate(world, policy, { ...options, ...control })),
    config: experiment,
  });
  const result = await simulateMany(simulation, options, out, route.through);
  if (result === undefined) return;
  await table.write(() => runTable(result));
  const tell = takesStdout(wanted?.path) ? note : table.print; // stdout then holds the episodes only
  tell(values.json ? toJson(result) : describeRun(result, describedWorld(world), outputWidth()));
  if (!values.json) note(describeSpeed(result.timing));
  await files?.write(result);
}

/** Imports the code of trajectories if it is needed, because most runs do not. */
async function loadTrajectories(values: FlagValues<typeof trajectoryFlags>) {
  const given = Object.keys(trajectoryFlags).some((name) => values[name as keyof typeof values] !== undefined);
  return given ? import("./trajectories.js") : undefined;
}
