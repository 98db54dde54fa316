import { readFileSync } from "node:fs";
import { basename, dirname, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { removePartials, wholeFileMistake, writeWhole } from "../files/wholeFile.js";
import type { Json } from "../check/json.js";
import type { LtsRunPolicy } from "../montecarlo/runPolicy.js";
import { importPolicy } from "../montecarlo/workers/importPolicy.js";
import { parsePolicy } from "../policy/parsePolicy.js";
import { createWorld, type LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import type { Lock } from "./lock.js";
import { fieldMistakes, runMistakes } from "./lockMistakes.js";

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
  return [wholeFileMistake("file", path)].filter((mistake) => mistake !== undefined);
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
  const refuseAll = (mistakes: readonly string[]): void => refuse(mistakes.map((mistake) => `${path}: ${mistake}`));
  refuseAll(fieldMistakes(found));
  const { policyModule, ...rest } = found as unknown as Lock;
  const address = policyModule === undefined ? undefined : new URL(policyModule, pathToFileURL(path));
  const lock = { ...rest, ...(address && { policyModule: address.href }) };
  const world = createWorld(lock.scenario, lock.parameters);
  const policy = address === undefined ? parsePolicy(lock.policy) : await policyAt(address);
  refuseAll(runMistakes(lock, world, policy));
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
