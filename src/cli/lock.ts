import { escapeControls } from "../check/escapeControls.js";
import { InvalidInput } from "../index.js";
import { lockPathMistakes, makeLock, writeLock } from "../records/index.js";
import { formatNumber } from "../report/formatNumber.js";
import { toJson } from "../report/json.js";
import type { Command } from "./command.js";
import { commonFlags, policyFlags, volumeFlags, type FlagTable } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { parseFlags } from "./parseFlags.js";
import { print } from "./print.js";
import { withProgress } from "./progress.js";
import { checkRunOptions, readOnePolicy, readRunOptions, readWorld } from "./request.js";

const { engine: _engine, policy: _policy, ...runFlags } = commonFlags;
const flags = { ...policyFlags, ...runFlags, workers: volumeFlags.workers } as const satisfies FlagTable;
const FILE = "file";

/** `slatesim lock`: what a run must stay, bit for bit. */
export const lock: Command = {
  operand: FILE,
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: path } = parseFlags(words, flags, FILE);
  const world = readWorld(values, mistakes);
  const policy = await readOnePolicy(values, mistakes);
  const { users = 0, ...options } = readRunOptions(values, mistakes);
  checkRunOptions({ users, ...options }, world, policy, mistakes);
  if (path !== undefined) mistakes.push(...lockPathMistakes(path));
  if (!world || !policy || path === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const made = await withInterrupt((signal) =>
    withProgress(users, (onProgress) => makeLock(world, policy, { users, ...options, signal, onProgress })),
  );
  writeLock(path, made);
  const summary = {
    file: path,
    scenario: made.scenario,
    policy: made.policy,
    users,
    digest: made.digest,
    blocks: made.blocks.length,
  };
  print(values.json ? toJson(summary) : `${escapeControls(path)}: ${formatNumber(users)} users, digest ${made.digest}`);
}
