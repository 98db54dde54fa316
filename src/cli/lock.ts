import { escapeControls } from "../check/escapeControls.js";
import { InvalidInput } from "../index.js";
import type { World, RunPolicy, RunOptions } from "../index.js";
import { takesStdout } from "../files/place.js";
import { seedOf } from "../montecarlo/options.js";
import { lockPathMistakes, makeLock, writeLock } from "../records/index.js";
import { keepsModule } from "../records/lockModule.js";
import { MODULE_FIELDS } from "../records/lockSources.js";
import { replacedMistakes, type LockedRun } from "../records/replacedLock.js";
import { formatNumber } from "../report/formatNumber.js";
import { toJson } from "../report/json.js";
import { tableMistake } from "../worlds/scenarios.js";
import type { Command } from "./command.js";
import { config, experimentOf, readExperimentWords } from "./config.js";
import { toggle } from "./flag.js";
import { agentModule, json, policyFlags, userFlags, simulationFlags, worldFlags } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { note, print } from "./print.js";
import { withProgress } from "./progress.js";
import { checkRunOptions, effectiveRun, readOnePolicy, readRunOptions, readWorld } from "./request.js";

const flags = {
  config,
  ...worldFlags,
  ...policyFlags,
  agentModule,
  ...userFlags,
  workers: simulationFlags.workers,
  force: toggle("--force", "Replace FILE even if it is no lock, or the lock of another run."),
  json,
};
const operand = { name: "FILE", help: "Write the lock to FILE." };

/** `slatesim lock`: records a run that must not change, bit for bit. */
export const lock: Command = {
  operand,
  flags,
  execute,
};

/** Returns the fields of a lock that identify its run. */
function runToLock(
  world: World,
  policy: RunPolicy,
  { steps = world.timeBudget, firstUser = 0, ...options }: RunOptions,
  users: number,
): LockedRun {
  return {
    world: world.hash,
    scenario: world.scenario,
    policy: policy.name,
    users,
    firstUser,
    steps,
    seed: seedOf(options),
  };
}

function elsewhere(flag: string): string {
  return `The module is not at or below the lock's folder, so the lock does not say where it is: verify needs ${flag}.\n`;
}

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: path } = await readExperimentWords(words, flags, "run", operand);
  const world = await readWorld(values, mistakes);
  const policy = await readOnePolicy(values, mistakes);
  const { users = 0, ...options } = readRunOptions(values, mistakes);
  checkRunOptions({ users, ...options }, world, policy, mistakes);
  const notLocked = world?.userDefined === false && tableMistake("world", world.parameters); // which verify could not be told
  if (notLocked) mistakes.push(notLocked);
  if (path !== undefined) mistakes.push(...lockPathMistakes(path));
  if (path !== undefined && world && policy && mistakes.length === 0 && !values.force)
    mistakes.push(...replacedMistakes(path, runToLock(world, policy, options, users)));
  if (!world || !policy || path === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const made = await withInterrupt((signal) =>
    withProgress(users, (onProgress) => makeLock(world, policy, { users, ...options, signal, onProgress })),
  );
  writeLock(path, { ...made, config: experimentOf("run", values, effectiveRun(values, { users })) });
  for (const { field, flag } of MODULE_FIELDS) {
    if (made[field] !== undefined && !keepsModule(path, made[field])) process.stderr.write(elsewhere(flag));
  }
  const summary = {
    file: path,
    scenario: made.scenario,
    policy: made.policy,
    users,
    digest: made.digest,
    blocks: made.blocks.length,
  };
  const line = values.json
    ? toJson(summary)
    : `${escapeControls(path)}: ${formatNumber(users)} users, digest ${made.digest}`;
  (takesStdout(path) ? note : print)(line); // stdout holds the lock only
}
