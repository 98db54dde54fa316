import { InvalidInput } from "../check/invalidInput.js";
import { trace as traceUser } from "../montecarlo/trace.js";
import { describeTrace } from "../report/describeTrace.js";
import { toJson } from "../report/json.js";
import type { Command } from "./command.js";
import { asNumber, value } from "./flag.js";
import { agentModule, json, policyFlags, userFlags, worldFlags } from "./flags.js";
import { outputWidth, print } from "./print.js";
import { readWords } from "./readWords.js";
import { readOnePolicy, readTraceOptions, readWorld } from "./request.js";
import { describedWorld } from "./worldLabel.js";

const flags = {
  user: value("--user INDEX", "Show the episode of user INDEX.", asNumber, 0),
  ...worldFlags,
  ...policyFlags,
  agentModule,
  steps: userFlags.steps,
  seed: userFlags.seed,
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
  if (world === undefined || chosen === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const traced = traceUser(world, chosen, options);
  print(values.json ? toJson(traced) : describeTrace(traced, describedWorld(world), outputWidth()));
}
