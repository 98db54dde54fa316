import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { shellCommand } from "../htmlReport/shellCommand.js";
import { mergeShards, PrecisionNotReached } from "../records/index.js";
import { commandOfShards } from "../records/mergeShards.js";
import type { Command } from "./command.js";
import { toggle, type FlagValues } from "./flag.js";
import { csv, json, reportFlags } from "./flags.js";
import { readWords } from "./readWords.js";
import { loadShardCommand } from "./shardCommands.js";
import { elsewhereMistakes } from "./shardWords.js";
import { withFlagNames } from "./withFlagNames.js";

const flags = {
  csv,
  ...reportFlags,
  allPairs: toggle("--all-pairs", "Show every two policies of a comparison."),
  force: toggle("--force", "Replace files that slatesim did not write."),
  json,
};
const operand = { name: "FOLDER", help: "The folder of all shards." };

/** `slatesim merge`: what the command prints whose work was done in shards. */
export const merge: Command = { flags, operand, execute };

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: folder } = readWords(words, flags, operand);
  if (folder === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const [name = "", ...ofCommand] = commandOfShards(folder);
  const command = await loadShardCommand(name);
  if (command === undefined) throw new InvalidInput([expectedMistake(folder, "shards of the command line", name)]);
  refuse(elsewhereMistakes(ofCommand, command.flags));
  const all = [...ofCommand, ...outputWords(values)];
  try {
    await withFlagNames(command.flags, () =>
      command.execute(all, { through: (simulation) => mergeShards(folder, simulation) }),
    );
  } catch (error) {
    if (!(error instanceof PrecisionNotReached)) throw error;
    throw new Error(`${error.message} ${nextRound(error, folder, [name, ...ofCommand])}`, { cause: error });
  }
}

/** Returns the words that say where the result goes. */
function outputWords(values: FlagValues<typeof flags>): string[] {
  return Object.entries(values).flatMap(([name, given]) => {
    const { long } = flags[name as keyof typeof flags];
    if (given === true) return [long!];
    return typeof given === "string" ? [`${long}=${given}`] : [];
  });
}

/** Returns the command of the next round. */
function nextRound(
  { nextRound: round, shards, roundUsers }: PrecisionNotReached,
  folder: string,
  words: readonly string[],
) {
  const own = ["--round", String(round), "--round-users", String(roundUsers), "--out", folder];
  return `Each is: slatesim shard I/${shards} ${shellCommand([...own, ...words])}`;
}
