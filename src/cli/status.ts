import { InvalidInput } from "../check/invalidInput.js";
import { escapeControls } from "../check/escapeControls.js";
import { shellCommand } from "../htmlReport/shellCommand.js";
import { shardStatus, type ShardRound, type ShardStatus } from "../records/index.js";
import { formatNumber } from "../report/formatNumber.js";
import { toJson } from "../report/json.js";
import type { Command } from "./command.js";
import { json } from "./flags.js";
import { print } from "./print.js";
import { readWords } from "./readWords.js";

const flags = { json };
const operand = { name: "FOLDER", help: "The folder of all shards." };

/** `slatesim status`: which shards are there, and which are missing. */
export const status: Command = { flags, operand, execute };

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: folder } = readWords(words, flags, operand);
  if (folder === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const found = shardStatus(folder);
  print(values.json ? toJson(found) : describeStatus(found));
  if (!found.complete) process.exitCode = 1;
}

function describeStatus({ command, users, replications, shards, rounds, foreign, complete }: ShardStatus): string {
  const work = command === undefined ? [] : [escapeControls(shellCommand(["slatesim", ...command]))];
  const ofUsers = users === undefined ? "" : ` of ${formatNumber(users)} users`;
  const extent = replications === undefined ? ofUsers : ` of ${replications} replications`;
  return [
    ...work,
    ...rounds.map((round) => `${describeRound(round, shards)}${extent}`),
    ...rounds.flatMap((round) => [
      ...listOf("damaged", round.damaged, round),
      ...listOf("missing", round.missing, round),
    ]),
    ...foreign,
    complete ? "complete" : "incomplete",
  ].join("\n");
}

function describeRound({ round, present }: ShardRound, shards: number): string {
  const of = round === undefined ? "" : `round ${round}: `;
  return `${of}${present.length} of ${shards} shards`;
}

function listOf(what: string, numbers: readonly number[], { round }: ShardRound): string[] {
  if (numbers.length === 0) return [];
  return [`${what}${round === undefined ? "" : ` in round ${round}`}: ${numbers.join(", ")}`];
}
