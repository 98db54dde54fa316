import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { removePartials, writeWhole } from "../files/wholeFile.js";
import type { Json } from "../check/json.js";
import { BLOCK_USERS } from "../montecarlo/blockTotals.js";
import type { LtsRunPolicy } from "../montecarlo/runPolicy.js";
import { importPolicy } from "../montecarlo/workers/importPolicy.js";
import { parsePolicy } from "../policy/parsePolicy.js";
import { createWorld, type LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import { LOCK_FORMAT, LOCK_VERSION, type Lock } from "./lock.js";

/** Writes a lock as JSON: a line for every field, block and life, so that two versions of it can be read side by side. */
export function writeLock(path: string, lock: Lock): void {
  const { blocks, lives, ...head } = lock;
  const { policyModule } = lock;
  const seen = { ...head, ...(policyModule !== undefined && { policyModule: fromLock(path, policyModule) }) };
  const fields = encodeJson(seen as unknown as Json, "lock", 2).slice(0, -2);
  const blockLines = blocks.map((digest) => `    ${JSON.stringify(digest)}`).join(",\n");
  const lifeLines = lives.map((life) => `    ${encodeJson(life as unknown as Json, "lives")}`).join(",\n");
  removePartials(dirname(path), basename(path));
  writeWhole(path, `${fields},\n  "blocks": [\n${blockLines}\n  ],\n  "lives": [\n${lifeLines}\n  ]\n}\n`);
}

/** A module's address as seen from the lock, so that both can move together. */
function fromLock(path: string, policyModule: string): string {
  const { protocol, pathname, hash } = new URL(policyModule);
  if (protocol !== "file:") return policyModule;
  return posix.relative(posix.dirname(pathToFileURL(path).pathname), pathname) + hash;
}

/** What stands in the way of a lock at that path. */
export function lockPathMistakes(path: string): string[] {
  const folder = dirname(path);
  const mistakes = [
    existsSync(path) && !statSync(path).isFile() ? expectedMistake("file", "a file", path) : undefined,
    existsSync(folder) ? undefined : expectedMistake("file", "a path in a folder that is there", path),
  ];
  return mistakes.filter((mistake) => mistake !== undefined);
}

/** A lock, and what its names mean. */
export interface OpenedLock {
  readonly lock: Lock;
  readonly world: LongTermSatisfactionWorld;
  readonly policy: LtsRunPolicy;
}

/** Reads a lock, and loads its policy's module. Rejects with `InvalidInput`, every mistake at once, for a file that is none. */
export async function readLock(path: string): Promise<OpenedLock> {
  const found = parse(path);
  const mistakes = fieldMistakes(found);
  if (mistakes.length > 0) refuse(mistakes.map((mistake) => `${path}: ${mistake}`));
  const { policyModule, ...rest } = found as unknown as Lock;
  const address = policyModule === undefined ? undefined : new URL(policyModule, pathToFileURL(path));
  const lock = { ...rest, ...(address && { policyModule: address.href }) };
  const world = createWorld(lock.scenario, lock.parameters);
  refuse([
    world.hash === lock.world
      ? undefined
      : expectedMistake(`${path}: world`, `"${world.hash}", the hash of the parameters`, lock.world),
  ]);
  const policy = address === undefined ? parsePolicy(lock.policy) : await policyAt(address);
  refuse([
    policy.name === lock.policy
      ? undefined
      : expectedMistake(`${path}: policy`, `"${policy.name}", the name of the module's policy`, lock.policy),
  ]);
  return { lock, world, policy };
}

/** The fragment names the export. */
function policyAt(address: URL): Promise<LtsRunPolicy> {
  const name = decodeURIComponent(address.hash.slice(1));
  const module = new URL(address);
  module.hash = "";
  return importPolicy(module, name === "" ? undefined : name);
}

function parse(path: string): Record<string, unknown> {
  let text = "";
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    refuse([`${expectedMistake("lock file", "a file that can be read", path)}: ${(error as Error).message}`]);
  }
  try {
    const found: unknown = decodeJson(text);
    refuse([objectMistake(path, found)]);
    return found as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) refuse([`${expectedMistake(path, "JSON", "something else")}: ${error.message}`]);
    throw error;
  }
}

const HEX64 = /^[0-9a-f]{16}$/;

function fieldMistakes(found: Record<string, unknown>): string[] {
  const { format, version, users, firstUser, steps, blocks, lives, means } = found;
  if (format !== LOCK_FORMAT) return [expectedMistake("format", `"${LOCK_FORMAT}"`, format)];
  if (version !== LOCK_VERSION) return [expectedMistake("version", String(LOCK_VERSION), version)];
  const texts = ["scenario", "policy", "seed", "kernel"].map((field) => textMistake(field, found[field]));
  if (found["policyModule"] !== undefined) texts.push(textMistake("policyModule", found["policyModule"]));
  const hashes = ["world", "digest"].map((field) => hashMistake(field, found[field]));
  const counts = [
    numberMistake("users", users, { min: 1, max: 2 ** 32 - 1, integer: true }),
    numberMistake("firstUser", firstUser, { min: 0, max: 2 ** 32 - 1, integer: true }),
    numberMistake("steps", steps, { min: 1, max: 65_536, integer: true }),
    numberMistake("streamVersion", found["streamVersion"], { min: 1, integer: true, max: Infinity }),
  ];
  const objects = [objectMistake("parameters", found["parameters"]), objectMistake("means", means)];
  return [
    ...unknownFieldMistakes("field of a lock", found, FIELDS),
    ...[...texts, ...hashes, ...counts, ...objects].filter((mistake) => mistake !== undefined),
    ...blockMistakes(blocks, users as number),
    ...(Array.isArray(lives) && lives.every(isLife)
      ? []
      : [expectedMistake("lives", "a list of lives { user, steps }", lives)]),
  ];
}

const FIELDS =
  "format version scenario parameters world policy policyModule users firstUser steps seed streamVersion kernel digest means blocks lives".split(
    " ",
  );

function textMistake(field: string, value: unknown): string | undefined {
  return typeof value === "string" ? undefined : expectedMistake(field, "a text", value);
}

function hashMistake(field: string, value: unknown): string | undefined {
  return typeof value === "string" && HEX64.test(value)
    ? undefined
    : expectedMistake(field, "16 hexadecimal digits", value);
}

function blockMistakes(blocks: unknown, users: number): string[] {
  const count = Math.ceil(users / BLOCK_USERS);
  if (!Array.isArray(blocks) || blocks.length !== count) {
    return [expectedMistake("blocks", `a list of ${count} digests, one for every ${BLOCK_USERS} users`, blocks)];
  }
  return blocks
    .map((digest, place) => hashMistake(`blocks[${place}]`, digest))
    .filter((mistake) => mistake !== undefined);
}

function isLife(life: unknown): boolean {
  const { user, steps } = (life ?? {}) as { user?: unknown; steps?: unknown };
  return Number.isInteger(user) && Array.isArray(steps) && steps.every(isStep);
}

function isStep(step: unknown): boolean {
  return Array.isArray(step) && step.length === 3 && step.every((value) => typeof value === "number");
}
