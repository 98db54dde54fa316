import { InvalidInput } from "../index.js";
import { verifyLock, verifyMistakes } from "../records/index.js";
import { checkLock, openLock } from "../records/lockFile.js";
import { describeVerdict } from "../report/describeVerdict.js";
import { toJson } from "../report/json.js";
import { attempt } from "./attempt.js";
import type { Command } from "./command.js";
import { commonFlags, volumeFlags, type FlagTable } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { parseFlags } from "./parseFlags.js";
import { print } from "./print.js";
import { withProgress } from "./progress.js";
import { readPolicyModule, readWorkers } from "./request.js";

const flags = {
  sample: { type: "number", value: "count", help: "live only so many blocks of 4,096 users again, evenly spread" },
  workers: volumeFlags.workers,
  "policy-module": {
    type: "text",
    value: "file#export",
    help: "where the lock's policy is; unless given, where the lock says, at or below its folder",
  },
  json: commonFlags.json,
} as const satisfies FlagTable;
const FILE = "file";

/** `slatesim verify`: is a locked run still the same, bit for bit? Exit code 1 if not. */
export const verify: Command = {
  operand: FILE,
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: path } = parseFlags(words, flags, FILE);
  const module = values["policy-module"];
  const checked = path === undefined ? undefined : attempt(mistakes, () => checkLock(path, module !== undefined));
  const workers = readWorkers(values.workers);
  const options = { workers, ...(values.sample !== undefined && { sample: values.sample }) };
  mistakes.push(...verifyMistakes(options));
  if (checked === undefined || path === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const policy = module === undefined ? undefined : await readPolicyModule(module, mistakes);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const opened = await openLock(checked, policy);
  const verdict = await withInterrupt((signal) =>
    withProgress(opened.lock.users, (onProgress) => verifyLock(opened, { ...options, signal, onProgress })),
  );
  print(values.json ? toJson({ file: path, ...verdict }) : describeVerdict(path, verdict));
  if (!verdict.equal) process.exitCode = 1;
}
