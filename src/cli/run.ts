import { InvalidInput } from "../check/invalidInput.js";
import { takesStdout } from "../files/place.js";
import { simulate } from "../montecarlo/simulate.js";
import { describeRun, describeSpeed } from "../report/describeRun.js";
import { toJson } from "../report/json.js";
import type { Command } from "./command.js";
import { commonFlags, policyFlags, volumeFlags, type FlagTable } from "./flags.js";
import { live } from "./live.js";
import { parseFlags } from "./parseFlags.js";
import { note, outputWidth, print } from "./print.js";
import { checkRunOptions, readOnePolicy, readRunOptions, readStore, readWorld } from "./request.js";
import { readWanted, trajectoryFlags, writeWanted } from "./trajectories.js";
import { worldLabel } from "./worldLabel.js";

const { policy: _policy, ...otherFlags } = commonFlags;
const flags = {
  ...policyFlags,
  ...otherFlags,
  ...volumeFlags,
  ...trajectoryFlags,
} as const satisfies FlagTable;

/** `slatesim run`: one policy on many users, summarised. */
export const run: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = parseFlags(words, flags);
  const world = readWorld(values, mistakes);
  const chosen = await readOnePolicy(values, mistakes);
  const options = readRunOptions(values, mistakes);
  checkRunOptions(options, world, chosen, mistakes);
  const wanted = readWanted(values, options, mistakes);
  const store = await readStore(values, mistakes);
  if (world === undefined || chosen === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  if (wanted !== undefined && !(await writeWanted(wanted, world, chosen, options))) return;
  const out = store && { folder: values.out!, store };
  const result = await live((control) => simulate(world, chosen, { ...options, ...control }), options, out);
  const tell = takesStdout(wanted?.path) ? note : print; // lives on stdout stand there alone
  tell(values.json ? toJson(result) : describeRun(result, worldLabel(world), outputWidth()));
  if (!values.json) note(describeSpeed(result.timing));
}
