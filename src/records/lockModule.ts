import { realpathSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expectedMistake } from "../check/mistakes.js";
import type { MODULE_FIELDS } from "./lockSources.js";

/**
 * Module of a lock's world or policy. Verifying a lock runs that code, so a lock can only name modules at or below its own folder: other
 * modules must be named in the call of `verify`.
 */
export interface LockedModule {
  /** Names of folders below the lock's, and of the file; empty if the lock does not name the module. */
  readonly path: readonly string[];
  /** Name of the module's export. */
  readonly name: string;
}

/** Form of the text: `policies.js#mine`, or `#mine` alone. */
const WRITTEN = /^([^#?]*)(?:#([^#]*))?$/;
/** Matches decoded names that a path must not contain: they could lead to a parent folder, another root or another scheme. */
const NO_NAME = /^\.{0,2}$|[/\\:]|\p{Cc}/u;

/** Parses the text; undefined if it could lead outside the folder. */
export function parseModule(written: unknown): LockedModule | undefined {
  const [all, path, name] = (typeof written === "string" && WRITTEN.exec(written)) || [];
  if (all === undefined || all === "" || path === undefined || /[:\\]|\p{Cc}/u.test(all)) return undefined;
  const names = path === "" ? [] : path.split("/").map(decoded);
  const exported = decoded(name ?? "");
  if (exported === undefined || !names.every((part): part is string => part !== undefined && !NO_NAME.test(part)))
    return undefined;
  return { path: names, name: exported === "" ? "default" : exported };
}

/** Returns the address of the module in that field of a lock at that path, or an error. */
export function addressOf(
  lock: string,
  { field, flag, part }: (typeof MODULE_FIELDS)[number],
  { path }: LockedModule,
): { address: URL } | { mistake: string } {
  const named = path.join("/");
  if (path.length === 0) {
    const rule = `a file, to be named by ${flag}, or readLock(path, { ${part} })`;
    return { mistake: expectedMistake(field, rule, undefined) };
  }
  try {
    const folder = realpathSync(dirname(lock));
    const file = realpathSync(join(folder, ...path));
    const inside = isBelow(folder, file) && statSync(file).isFile();
    if (inside) return { address: pathToFileURL(file) };
  } catch {
    // treated as missing
  }
  return { mistake: expectedMistake(field, "a file at or below the lock's folder", named) };
}

/** Returns a module's address relative to a lock at that path, so that both can be moved together; only its export if it lies elsewhere. */
export function writtenModule(lock: string, module: string): string {
  const { protocol, hash } = new URL(module);
  const exported = hash === "" ? "#default" : hash;
  const written = `${protocol === "file:" ? pathBelow(lock, module) : ""}${exported}`;
  return parseModule(written) === undefined ? exported : written;
}

/** Returns whether the lock names the module. */
export function keepsModule(lock: string, module: string): boolean {
  return !writtenModule(lock, module).startsWith("#");
}

function pathBelow(lock: string, module: string): string {
  const address = new URL(module);
  address.hash = "";
  try {
    const folder = realpathSync(dirname(lock));
    const file = realpathSync(fileURLToPath(address));
    if (!isBelow(folder, file)) return "";
    return relative(folder, file).split(sep).map(encodeURIComponent).join("/");
  } catch {
    return "";
  }
}

function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== "" && path.split(sep)[0] !== ".." && join(folder, path) === file;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
