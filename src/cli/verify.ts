import { InvalidInput } from "../index.js";
import { verifyLock, verifyMistakes } from "../records/index.js";
import { checkLock, openLock } from "../records/lockFile.js";
import { describeVerdict } from "../report/describeVerdict.js";
import { toJson } from "../report/json.js";
import { collectErrors } from "./collectErrors.js";
import type { Command } from "./command.js";
import { asNumber, asText, value } from "./flag.js";
import { json, simulationFlags } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { print } from "./print.js";
import { withProgress } from "./progress.js";
import { readWords } from "./readWords.js";
import { readPolicyModule } from "./readModule.js";
import { readWorkers } from "./request.js";

const flags = {
  sample: value("--sample COUNT", "Re-run only COUNT blocks of 4096 users, evenly spread.", asNumber).default(
    undefined,
    "all",
  ),
  workers: simulationFlags.workers,
  policyModule: value("--policy-module FILE#EXPORT", "Take the lock's policy from EXPORT of module FILE.", asText)
    .default(undefined, "the module that the lock names, at or below its folder")
    .standsFor("policy module"),
  json,
};
const operand = { name: "FILE", help: "Re-run the lock in FILE." };

/** `slatesim verify`: checks that a locked run is unchanged, bit for bit. Exit code 1 if not. */
export const verify: Command = {
  operand,
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: path } = readWords(words, flags, operand);
  const module = values.policyModule;
  const checked = path === undefined ? undefined : collectErrors(mistakes, () => checkLock(path, module !== undefined));
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
