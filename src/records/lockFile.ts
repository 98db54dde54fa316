import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { removePartialsOf, wholeFileMistake, writeWhole } from "../files/wholeFile.js";
import { originOf } from "../modules/origins.js";
import { importPolicy } from "../policies/importPolicy.js";
import { parsePolicy } from "../policies/parsePolicy.js";
import { policies } from "../policies/policies.js";
import { policyMistakes } from "../policies/policyMistakes.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import { restoreWorld } from "../worlds/scenarios.js";
import type { Lock } from "./lock.js";
import { fieldMistakes, nameMistake, runMistakes, shapeMistakes } from "./lockMistakes.js";
import { addressOf, parseModule, writtenModule, type LockedModule } from "./lockModule.js";
import { lockSum, lockText } from "./lockText.js";
import { parseLock } from "./parseLock.js";

/**
 * Writes a lock as JSON, with a checksum over all of it. A module at or below the lock's folder is written as a path from there; for
 * any other, only its export is written, and the module must be named for `verify`. Throws `InvalidInput`.
 */
export function writeLock(path: string, lock: Lock): void {
  refuse([...lockPathMistakes(path), ...shapeMistakes(lock)]);
  const { policyModule, ...fields } = lock;
  const written = policyModule === undefined ? {} : { policyModule: writtenModule(path, policyModule) };
  const text = lockText({ ...fields, ...written });
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
export interface ReadLockOptions {
  /** The policy of a lock that names a module, from wherever the caller has it. The lock's own module is not loaded then. */
  readonly policy?: RunPolicy;
}

/**
 * Reads a lock, and loads its policy's module last: only from at or below the lock's folder, and after all else about the lock was found
 * sound. Rejects with `InvalidInput`, every mistake at once, for a file that is none.
 */
export async function readLock(path: string, options: ReadLockOptions = {}): Promise<OpenedLock> {
  refuse([objectMistake("options", options)]);
  const { policy } = options;
  refuse(unknownFieldMistakes("option of readLock", options, ["policy"]));
  return openLock(checkLock(path, policy !== undefined), policy);
}

/** A lock that is valid as far as can be checked without its policy's module. */
export interface CheckedLock {
  readonly path: string;
  readonly lock: Lock;
  readonly world: World;
  /** Module of its policy; undefined if the policy is built in, or comes from the caller. */
  readonly address: URL | undefined;
  readonly module: LockedModule | undefined;
}

/** Checks a lock without loading code. `named` says that the caller provides the policy. Throws `InvalidInput`. */
export function checkLock(path: string, named: boolean): CheckedLock {
  const found = parseLock(path);
  const refuseAll = refuseFor(path);
  refuseAll(fieldMistakes(found));
  const sum = lockSum(found);
  const rule = `"${sum}", the checksum of all other fields (the file was edited; \`slatesim lock\` makes a new lock)`;
  refuseAll([found["sha256"] === sum ? undefined : expectedMistake("sha256", rule, found["sha256"])]);
  const { sha256: _sum, ...lock } = found as unknown as Lock & { sha256: string };
  const world = restoreWorld(lock.scenario, lock.parameters) as World;
  const module = lock.policyModule === undefined ? undefined : parseModule(lock.policyModule);
  const place = module === undefined || named ? undefined : addressOf(path, module);
  const standIn = module === undefined ? parsePolicy(lock.policy) : policies.first();
  const rightly = !named || module !== undefined;
  refuseAll([
    ...runMistakes(lock, world, standIn),
    rightly ? undefined : expectedMistake("policyModule", "a module, as one was named for it", lock.policyModule),
    place !== undefined && "mistake" in place ? place.mistake : undefined,
  ]);
  const address = place !== undefined && "address" in place ? place.address : undefined;
  return { path, lock, world, module, address };
}

/** Loads the policy of a lock, unless the caller provides it. Rejects with `InvalidInput`. */
export async function openLock(checked: CheckedLock, given?: RunPolicy): Promise<OpenedLock> {
  const { path, world, address, module } = checked;
  const load = async (): Promise<RunPolicy> =>
    address === undefined
      ? parsePolicy(checked.lock.policy)
      : ((await importPolicy(address, module!.name)) as RunPolicy);
  const policy = given ?? (await load());
  refuseFor(path)(policyMistakes(world, policy));
  refuseFor(path)([nameMistake(checked.lock, policy)]);
  const origin = originOf("policy", policy);
  const { policyModule: _written, ...lock } = checked.lock;
  return { lock: { ...lock, ...(origin && { policyModule: `${origin.url}#${origin.name}` }) }, world, policy };
}

function refuseFor(path: string): (mistakes: readonly (string | undefined)[]) => void {
  return (mistakes) => refuse(mistakes.map((mistake) => mistake && `${path}: ${mistake}`));
}
