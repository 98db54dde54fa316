import { InvalidInput } from "../check/invalidInput.js";
import { trace as traceUser } from "../montecarlo/trace.js";
import { describeTrace } from "../report/describeTrace.js";
import { FIRST_COLUMNS } from "../records/trajectoryColumns.js";
import { toJson } from "../report/json.js";
import { traceTable } from "../report/traceTable.js";
import type { Command } from "./command.js";
import { asNumber, value } from "./flag.js";
import { agentModule, csv, json, policyFlags, simulationFlags, userFlags, worldFlags } from "./flags.js";
import { outputWidth } from "./print.js";
import { readWords } from "./readWords.js";
import { readOnePolicy, readTraceOptions, readWorld } from "./request.js";
import { readTableTarget } from "./tableTarget.js";
import { describedWorld } from "./worldLabel.js";

const flags = {
  user: value("--user INDEX", "Show the episode of user INDEX.", asNumber, 0),
  ...worldFlags,
  ...policyFlags,
  agentModule,
  steps: userFlags.steps,
  seed: userFlags.seed,
  csv,
  force: simulationFlags.force,
  json,
};

/** `slatesim trace`: one user's episode, step by step, the same as inside a run of millions. */
export const trace: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = readWords(words, flags);
  const world = await readWorld(values, mistakes);
  const chosen = await readOnePolicy(values, mistakes);
  const options = readTraceOptions(values, world, chosen, mistakes);
  const table = await readTableTarget(values, FIRST_COLUMNS, mistakes);
  if (world === undefined || chosen === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const traced = traceUser(world, chosen, options);
  await table.write(() => traceTable(traced));
  table.print(values.json ? toJson(traced) : describeTrace(traced, describedWorld(world), outputWidth()));
}
