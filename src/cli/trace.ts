import { InvalidInput } from "../check/invalidInput.js";
import { trace as traceUser } from "../montecarlo/trace.js";
import { describeTrace } from "../report/describeTrace.js";
import { toJson } from "../report/json.js";
import type { Command } from "./command.js";
import { commonFlags } from "./flags.js";
import type { FlagTable } from "./flags.js";
import { parseFlags } from "./parseFlags.js";
import { outputWidth, print } from "./print.js";
import { readPolicy, readTraceOptions, readWorld } from "./request.js";
import { worldLabel } from "./worldLabel.js";

const { scenario, param, policy, steps, seed, json } = commonFlags;
const user = { type: "number", value: "index", help: "the user whose life is shown", default: 0 } as const;
const flags = { user, scenario, param, policy, steps, seed, json } as const satisfies FlagTable;

/** `slatesim trace`: one user's life, step by step, the same as inside a run of millions. */
export const trace: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = parseFlags(words, flags);
  const world = readWorld(values, mistakes);
  const chosen = readPolicy(values.policy, mistakes);
  const options = readTraceOptions(values, world, chosen, mistakes);
  if (world === undefined || chosen === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const life = traceUser(world, chosen, options);
  print(values.json ? toJson(life) : describeTrace(life, worldLabel(world), outputWidth()));
}
