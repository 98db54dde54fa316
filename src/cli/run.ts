import { InvalidInput, simulate } from "../index.js";
import { describeRun } from "../report/describeRun.js";
import { toJson } from "../report/json.js";
import type { Command } from "./command.js";
import { commonFlags } from "./flags.js";
import { parseFlags } from "./parseFlags.js";
import { outputWidth, print } from "./print.js";
import { withProgress } from "./progress.js";
import { readPolicy, readRunOptions, readWorld } from "./request.js";
import { worldLabel } from "./worldLabel.js";

/** `slatesim run`: one policy on many users, summarised. */
export const run: Command = {
  name: "run",
  summary: "simulate many users under one policy and summarise their lives",
  example: "slatesim run --scenario lts-tradeoff --policy least-educational --users 1e6 --param sensitivity=0.05",
  flags: commonFlags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = parseFlags(words, commonFlags);
  const world = readWorld(values, mistakes);
  const policy = readPolicy(values.policy, mistakes);
  const options = readRunOptions(values, world, policy, mistakes);
  if (world === undefined || policy === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const result = await withProgress(options.users, (onProgress) => simulate(world, policy, { ...options, onProgress }));
  print(values.json ? toJson(result) : describeRun(result, worldLabel(world), outputWidth()));
}
