import { InvalidInput } from "../index.js";
import { expectedMistake } from "../check/mistakes.js";
import { agentPolicy } from "../policies/agentPolicy.js";
import { verifyLock, verifyMistakes, type Lock, type ReadLockOptions } from "../records/index.js";
import { checkLock, openLock } from "../records/lockFile.js";
import type { LockedPart } from "../records/lockSources.js";
import { describeVerdict } from "../report/describeVerdict.js";
import { toJson } from "../report/json.js";
import { collectErrors } from "./collectErrors.js";
import type { Command } from "./command.js";
import { asNumber, asText, value, type FlagValues } from "./flag.js";
import { json, simulationFlags } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { print } from "./print.js";
import { withProgress } from "./progress.js";
import { readWords } from "./readWords.js";
import { readAgentModule, readPolicyModule, readWorldModule } from "./readModule.js";
import { readWorkers } from "./request.js";

const flags = {
  sample: value("--sample COUNT", "Re-run only COUNT blocks of 4096 users, evenly spread.", asNumber).default(
    undefined,
    "all",
  ),
  workers: simulationFlags.workers,
  world: value("--world FILE#EXPORT", "Take the lock's world from EXPORT of module FILE.", asText)
    .default(undefined, "the module that the lock names, at or below its folder")
    .standsOnlyFor("world module"),
  policyModule: value("--policy-module FILE#EXPORT", "Take the lock's policy from EXPORT of module FILE.", asText)
    .default(undefined, "the module that the lock names, at or below its folder")
    .standsFor("policy module"),
  agentModule: value(
    "--agent-module FILE#EXPORT",
    "Take the lock's agents from EXPORT of module FILE. Excludes --policy-module.",
    asText,
  )
    .default(undefined, "the module that the lock names, at or below its folder")
    .standsFor("agent module"),
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
  const given: LockedPart[] = [];
  if (values.world !== undefined) given.push("world");
  if (values.policyModule !== undefined || values.agentModule !== undefined) given.push("policy");
  if (values.policyModule !== undefined && values.agentModule !== undefined)
    mistakes.push(expectedMistake("--policy-module", "nothing beside --agent-module", values.policyModule));
  const checked = path === undefined ? undefined : collectErrors(mistakes, () => checkLock(path, given));
  const workers = readWorkers(values.workers);
  const options = { workers, ...(values.sample !== undefined && { sample: values.sample }) };
  mistakes.push(...verifyMistakes(options));
  if (checked === undefined || path === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const parts = await readParts(values, checked.lock, mistakes);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const opened = await openLock(checked, parts);
  const verdict = await withInterrupt((signal) =>
    withProgress(opened.lock.users, (onProgress) => verifyLock(opened, { ...options, signal, onProgress })),
  );
  print(values.json ? toJson({ file: path, ...verdict }) : describeVerdict(path, verdict));
  if (!verdict.equal) process.exitCode = 1;
}

/** Imports what the flags name; the lock says what is changed of the world, and the name of an agent's policy. */
async function readParts(
  { world: worldText, policyModule, agentModule }: FlagValues<typeof flags>,
  { policy: name, worldChanges }: Lock,
  mistakes: string[],
): Promise<ReadLockOptions> {
  const world = worldText === undefined ? undefined : await readWorldModule(worldText, mistakes, worldChanges);
  const createAgent = agentModule === undefined ? undefined : await readAgentModule(agentModule, mistakes);
  const policy = policyModule === undefined ? undefined : await readPolicyModule(policyModule, mistakes);
  const given = createAgent ? agentPolicy(name, createAgent) : policy;
  return { ...(world && { world }), ...(given && { policy: given }) };
}
