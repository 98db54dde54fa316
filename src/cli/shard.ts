import { InvalidInput } from "../check/invalidInput.js";
import { oneOfMistake } from "../check/mistakes.js";
import { folderMistake } from "../files/folder.js";
import { formatNumber } from "../report/formatNumber.js";
import { writeShard, type WrittenShard } from "../records/index.js";
import { shardOptionMistakes, type ShardOptions } from "../records/shardOptions.js";
import type { Command } from "./command.js";
import { print } from "./print.js";
import { readWords } from "./readWords.js";
import { elsewhereMistakes, readShardPlace, shardFlags, shardWordsOf, takeFlags } from "./shardWords.js";
import { loadShardCommand, shardCommands } from "./shardCommands.js";
import { withFlagNames } from "./withFlagNames.js";

const operand = {
  name: "I/N",
  rule: "a shard such as 3/16, or env/16",
  help: "Simulate part I of N, from 0 on. env/N takes I from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, and env also N from SLURM_ARRAY_TASK_COUNT. Then follow the command, run, compare, sweep or train with --replications, and its options; run if none is named.",
};

/** `slatesim shard`: one of several parts of a command's work. */
export const shard: Command = { flags: shardFlags, operand, execute };

async function execute(words: readonly string[]): Promise<void> {
  const { own, command, words: ofCommand } = shardWordsOf(words);
  const mistakes: string[] = [];
  const read = readOwn(own, [command, ...takeFlags(ofCommand, ["--workers"]).rest], mistakes);
  const loaded = await loadShardCommand(command);
  if (loaded === undefined)
    throw new InvalidInput([...mistakes, oneOfMistake("command", command, Object.keys(shardCommands))!]);
  mistakes.push(...elsewhereMistakes(ofCommand, loaded.flags));
  const outcome: { written?: WrittenShard } = {};
  try {
    await withFlagNames(loaded.flags, () =>
      loaded.execute(ofCommand, {
        through: async (simulation) => {
          if (mistakes.length > 0) throw new InvalidInput([]);
          outcome.written = await writeShard(read.out, read.options, simulation);
          return undefined;
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput([...mistakes, ...error.errors]);
  }
  print(describeShard(outcome.written!, read.options));
}

/** Reads the words of the shard itself. */
function readOwn(words: readonly string[], command: readonly string[], mistakes: string[]) {
  const { values, mistakes: misread, operand: text } = readWords(words, shardFlags, operand);
  mistakes.push(...misread);
  const { out, round, roundUsers } = values;
  const noFolder = folderMistake(out);
  if (noFolder !== undefined) mistakes.push(noFolder);
  const place = text === undefined ? undefined : readShardPlace(text, process.env, mistakes);
  const given = { ...(round !== undefined && { round }), ...(roundUsers !== undefined && { roundUsers }) };
  const options: ShardOptions = { ...(place ?? { shard: 0, shards: 1 }), ...given, command };
  mistakes.push(...shardOptionMistakes(options).filter((mistake) => mistake !== undefined));
  return { out: out!, options };
}

function describeShard(
  { path, users, replications, wasThere }: WrittenShard,
  { shard: number, shards }: ShardOptions,
): string {
  const what = wasThere ? "is there already" : "is written";
  const trained = replications === 1 ? "1 replication" : `${replications} replications`;
  const extent = replications === undefined ? `${formatNumber(users)} users` : trained;
  return `Shard ${number} of ${shards} ${what}: ${extent} in ${path}`;
}
