import { type CreateAgent, type World } from "../index.js";
import { expectedMistake } from "../check/mistakes.js";
import { folderMistake } from "../files/folder.js";
import { checkpointIterations } from "../train/checkpointFolder.js";
import { readCheckpoints, type Checkpoint, type CheckpointChoice, type Settings } from "../train/index.js";
import type { WorldChanges } from "../worlds/compiled/changedWorld.js";
import { checkAgentFits } from "./agentFit.js";
import { collectErrors } from "./collectErrors.js";
import { parseNumber } from "../check/parseNumber.js";
import { readAgent, type NamedAgent } from "./readAgent.js";
import { readWorldModule } from "./readModule.js";
import { makeScenario, readWorld } from "./request.js";
import { readTables } from "./tables.js";

/** The agents to evaluate, and their world. */
export interface EvaluationTarget extends NamedAgent {
  readonly world: World;
  readonly createAgent: CreateAgent;
  readonly checkpoints?: readonly Checkpoint[];
}

/** Values of the flags that say what to evaluate. */
interface TargetFlags {
  readonly out: string | undefined;
  readonly checkpoint: string | undefined;
  readonly agent: string | undefined;
  readonly agentModule: string | undefined;
  readonly scenario: string | undefined;
  readonly param: readonly string[];
  readonly usersFrom: string | undefined;
  readonly documentsFrom: string | undefined;
  readonly world: string | undefined;
  readonly seed: string;
}

/** Reads what to evaluate: an agent from a module is a fresh one, unless the folder has checkpoints. */
export function readTarget(values: TargetFlags, mistakes: string[]): Promise<EvaluationTarget | undefined> {
  const { agent, agentModule, out } = values;
  const isFresh = agent !== undefined || (agentModule !== undefined && !hasCheckpoints(out));
  return isFresh ? readFreshTarget(values, mistakes) : readCheckpointTarget(values, mistakes);
}

function hasCheckpoints(out: string | undefined): boolean {
  return out !== undefined && checkpointIterations(out).length > 0;
}

async function readFreshTarget(values: TargetFlags, mistakes: string[]): Promise<EvaluationTarget | undefined> {
  const { checkpoint, out } = values;
  const asked = "as --agent asks for a fresh agent";
  if (checkpoint !== undefined) mistakes.push(expectedMistake("--checkpoint", `none, ${asked}`, checkpoint));
  if (hasCheckpoints(out))
    mistakes.push(expectedMistake("--out", `a folder without a run's checkpoints, ${asked}`, out));
  const world = await readWorld(values, mistakes);
  const made = await readAgent({ ...values, evalMode: true }, mistakes);
  await checkAgentFits(world, values, mistakes);
  return world && made && { world, ...made };
}

/** Reads world and agent from the checkpoints. */
async function readCheckpointTarget(values: TargetFlags, mistakes: string[]): Promise<EvaluationTarget | undefined> {
  const { out, scenario, param, documentsFrom, checkpoint = "newest" } = values;
  const rule = "none without --agent, as a checkpoint knows its world";
  if (scenario !== undefined) mistakes.push(expectedMistake("--scenario", rule, scenario));
  if (param.length > 0) mistakes.push(expectedMistake("--param", rule, param));
  if (documentsFrom !== undefined) mistakes.push(expectedMistake("--documents-from", rule, documentsFrom));
  if (out === undefined) mistakes.push(`"--out" expected the folder of a run, unless --agent is given; got nothing`);
  if (out === undefined || folderMistake(out) !== undefined) return undefined; // already reported
  const choice = (parseNumber(checkpoint) ?? checkpoint) as CheckpointChoice;
  const checkpoints = collectErrors(mistakes, () => readCheckpoints(out, choice));
  return checkpoints && fromCheckpoints(checkpoints, values, mistakes);
}

async function fromCheckpoints(
  checkpoints: readonly Checkpoint[],
  values: TargetFlags,
  mistakes: string[],
): Promise<EvaluationTarget | undefined> {
  const { settings } = checkpoints[0]!;
  const { world: hash, seed } = settings as { readonly world: string; readonly seed: string };
  const world = await worldOf(settings, values, mistakes);
  const named = hasModule("--agent-module", settings["agentModule"], values.agentModule, mistakes);
  const agent = named === undefined ? (settings["agent"] as string) : undefined;
  const made =
    named === false ? undefined : await readAgent({ agent, agentModule: named, seed, evalMode: true }, mistakes);
  if (world === undefined || made === undefined) return undefined;
  if (world.hash !== hash) {
    const field = values.usersFrom === undefined ? "world" : "world of --users-from";
    mistakes.push(expectedMistake(field, `one of hash ${hash}`, world.hash));
  }
  return { world, ...made, checkpoints };
}

async function worldOf(settings: Settings, values: TargetFlags, mistakes: string[]): Promise<World | undefined> {
  const { scenario, parameters } = settings;
  const named = hasModule("--world", settings["worldModule"], values.world, mistakes);
  if (named === false) return undefined;
  if (named !== undefined) return readWorldModule(named, mistakes, settings["worldChanges"] as WorldChanges);
  const recorded = parameters as { readonly users?: Parameters<typeof usersOf>[0] };
  const table = await usersOf(recorded.users, values.usersFrom, mistakes);
  return table && (makeScenario(scenario as string, { ...recorded, ...table }, mistakes) as World | undefined);
}

/** Reads the table of users if the checkpoints have one, of which they hold the size and the hash alone. */
async function usersOf(
  recorded: { readonly rows: number; readonly columns: readonly string[] } | null | undefined,
  usersFrom: string | undefined,
  mistakes: string[],
): Promise<{ readonly users?: unknown } | undefined> {
  if (!recorded && usersFrom === undefined) return {};
  if (recorded && usersFrom !== undefined) {
    const tables = await readTables({ usersFrom, documentsFrom: undefined }, {}, mistakes);
    return tables["users"] === undefined ? undefined : tables;
  }
  const rule = recorded
    ? `the table of the training, of ${recorded.rows} rows with ${recorded.columns.join(", ")}`
    : "none, as the checkpoints have none";
  mistakes.push(expectedMistake("--users-from", rule, usersFrom));
  return undefined;
}

/**
 * Returns the module that was named for one that the checkpoints name: a folder's word alone does not run code. Undefined if they
 * name none, false with an error if only one of both names one.
 */
function hasModule(
  flag: string,
  recorded: unknown,
  given: string | undefined,
  mistakes: string[],
): string | undefined | false {
  if ((recorded === undefined) === (given === undefined)) return given;
  const rule =
    recorded === undefined ? "none, as the checkpoints have none" : `the checkpoints' module, ${String(recorded)}`;
  mistakes.push(expectedMistake(flag, rule, given).replace(/got undefined$/, "got nothing"));
  return false;
}
