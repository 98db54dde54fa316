import { importAgent } from "../agents/importAgent.js";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { removePartialsOf, wholeFileMistake, writeWhole } from "../files/wholeFile.js";
import type { ModuleKind, ModuleOrigin } from "../modules/origins.js";
import { agentPolicy } from "../policies/agentPolicy.js";
import { importPolicy, type ModulePolicy } from "../policies/importPolicy.js";
import { parsePolicy } from "../policies/parsePolicy.js";
import { policies } from "../policies/policies.js";
import { policyMistakes } from "../policies/policyMistakes.js";
import { importWorldFrom } from "../worldFiles/importWorldFile.js";
import type { BuiltInPolicy, RunPolicy } from "../world/policy.js";
import { worldMistake, type World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { changedWorld } from "../worlds/compiled/changedWorld.js";
import { restoreWorld } from "../worlds/scenarios.js";
import type { Lock } from "./lock.js";
import { fieldMistakes, nameMistake, runMistakes, shapeMistakes } from "./lockMistakes.js";
import { addressOf, parseModule, writtenModule } from "./lockModule.js";
import { isCode, MODULE_FIELDS, sourcesOf, type LockedPart } from "./lockSources.js";
import { lockSum, lockText } from "./lockText.js";
import { parseLock } from "./parseLock.js";

/**
 * Writes a lock as JSON, with a checksum over all of it. Modules at or below the lock's folder are written as paths from there; of
 * any other only its export is written, and the module must be named for `verify`. Throws `InvalidInput`.
 */
export function writeLock(path: string, lock: Lock): void {
  refuse([...lockPathMistakes(path), ...shapeMistakes(lock)]);
  const modules = MODULE_FIELDS.flatMap(({ field }) => {
    const module = lock[field];
    return module === undefined ? [] : [[field, writtenModule(path, module)] as const];
  });
  const text = lockText({ ...lock, ...Object.fromEntries(modules) });
  removePartialsOf(path);
  writeWhole(path, text);
}

/** Returns errors for a path at which no lock can be written. */
export function lockPathMistakes(path: string): string[] {
  return [wholeFileMistake("file", path)].filter((mistake) => mistake !== undefined);
}

/** A lock, and what its names mean. */
export interface OpenedLock {
  readonly lock: Lock;
  readonly world: World;
  readonly policy: RunPolicy;
}

/** How a lock is read. */
export interface ReadLockOptions<T extends WorldTypes = WorldTypes> {
  /** The world of a lock that names a module or had it as a value. The lock's own module is not loaded then. */
  readonly world?: World<T>;
  /** The policy of a lock, likewise. */
  readonly policy?: BuiltInPolicy | ModulePolicy;
}

/**
 * Reads a lock, and loads its modules last: only from at or below the lock's folder, and after all else about the lock was found
 * sound. Rejects with `InvalidInput`, every mistake at once, for a file that is none, and for a world of another hash.
 */
export async function readLock<T extends WorldTypes>(
  path: string,
  options: ReadLockOptions<T> = {},
): Promise<OpenedLock> {
  refuse([objectMistake("options", options)]);
  const given = readOnce("options", options as ReadLockOptions, ["world", "policy"]);
  const { world } = given;
  refuse([
    ...unknownFieldMistakes("option of readLock", given, ["world", "policy"]),
    world === undefined ? undefined : worldMistake(world),
  ]);
  return openLock(checkLock(path, partsOf(given)), given);
}

function partsOf({ world, policy }: ReadLockOptions): LockedPart[] {
  return [...(world === undefined ? [] : ["world" as const]), ...(policy === undefined ? [] : ["policy" as const])];
}

/** A lock that is valid as far as can be checked without code that is not the package's. */
export interface CheckedLock {
  readonly path: string;
  readonly lock: Lock;
  /** Modules to load. */
  readonly modules: Readonly<Partial<Record<ModuleKind, ModuleOrigin>>>;
}

/** Checks a lock without loading code. `given` are the parts that the caller provides. Throws `InvalidInput`. */
export function checkLock(path: string, given: readonly LockedPart[]): CheckedLock {
  const found = parseLock(path);
  const refuseAll = refuseFor(path);
  refuseAll(fieldMistakes(found));
  const sum = lockSum(found);
  const rule = `"${sum}", the checksum of all other fields (the file was edited; \`slatesim lock\` makes a new lock)`;
  refuseAll([found["sha256"] === sum ? undefined : expectedMistake("sha256", rule, found["sha256"])]);
  const { sha256: _sum, ...lock } = found as unknown as Lock & { sha256: string };
  const { modules, mistakes } = modulesOf(path, lock, given);
  const known = isCode(lock, "world") ? [] : runMistakes(lock, builtInWorld(lock), builtInPolicy(lock));
  refuseAll([...known, ...givenMistakes(lock, given), ...mistakes]);
  return { path, lock, modules };
}

/** Returns the addresses of the modules that the caller does not replace, and the errors of those that have none. */
function modulesOf(path: string, lock: Lock, given: readonly LockedPart[]) {
  const places = MODULE_FIELDS.flatMap((known) => {
    const module = given.includes(known.part) ? undefined : parseModule(lock[known.field]);
    return module === undefined ? [] : [{ ...known, name: module.name, place: addressOf(path, known, module) }];
  });
  const mistakes = places.flatMap(({ place }) => ("mistake" in place ? [place.mistake] : []));
  const modules = places.flatMap(({ kind, name, place }) => {
    return "address" in place ? [[kind, { url: place.address.href, name }] as const] : [];
  });
  return { mistakes, modules: Object.fromEntries(modules) };
}

/** Returns an error for each part that the caller provides in vain, or does not provide though only the caller has it. */
function givenMistakes(lock: Lock, given: readonly LockedPart[]): string[] {
  const vain = given
    .filter((part) => !isCode(lock, part))
    .map((part) => expectedMistake(`${part}Module`, "a module, as one was named for it", undefined));
  const missing = (lock.values ?? []).filter((part) => !given.includes(part));
  return [...vain, ...missing.map((part) => expectedMistake(part, valueRule(part), undefined))];
}

function valueRule(part: LockedPart): string {
  const flags = MODULE_FIELDS.filter((known) => known.part === part).map(({ flag }) => flag);
  return `the value that was locked, by readLock(path, { ${part} }), or a module of it, by ${flags.join(" or ")}`;
}

/** Loads the world and the policy of a lock, unless the caller provides them. Rejects with `InvalidInput`. */
export async function openLock({ path, lock, modules }: CheckedLock, given: ReadLockOptions = {}): Promise<OpenedLock> {
  const world = given.world ?? (modules.world ? await moduleWorld(modules.world, lock) : builtInWorld(lock));
  refuseFor(path)(runMistakes(lock, world, builtInPolicy(lock)));
  const policy = (given.policy as RunPolicy | undefined) ?? (await policyOf(lock, modules));
  refuseFor(path)(policyMistakes(world, policy, lock.steps));
  refuseFor(path)([nameMistake(lock, policy)]);
  const { worldModule: _world, worldChanges: _changes, ...rest } = lock;
  const { policyModule: _policy, agentModule: _agent, values: _values, ...fields } = rest;
  return { lock: { ...fields, ...sourcesOf(world, policy) }, world, policy };
}

async function moduleWorld({ url, name }: ModuleOrigin, { worldChanges = {} }: Lock): Promise<World> {
  return changedWorld(await importWorldFrom(url, name), worldChanges);
}

function builtInWorld({ scenario, parameters }: Lock): World {
  return restoreWorld(scenario, parameters);
}

/** Returns the lock's built-in policy, or one that stands for it while its code is not loaded. */
function builtInPolicy(lock: Lock): RunPolicy {
  return isCode(lock, "policy") ? policies.first() : parsePolicy(lock.policy);
}

async function policyOf(lock: Lock, { policy, agent }: CheckedLock["modules"]): Promise<RunPolicy> {
  if (agent) return agentPolicy(lock.policy, await importAgent(agent.url, agent.name));
  return policy ? ((await importPolicy(policy.url, policy.name)) as RunPolicy) : builtInPolicy(lock);
}

function refuseFor(path: string): (mistakes: readonly (string | undefined)[]) => void {
  return (mistakes) => refuse(mistakes.map((mistake) => mistake && `${path}: ${mistake}`));
}
