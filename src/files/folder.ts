import { accessSync, constants, lstatSync, mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { isPartial, partialBeside } from "./partials.js";
import { isName, statsOf } from "./place.js";

/** Maximal length of a name in file systems. */
const MAX_NAME_BYTES = 255;

/** Returns an error for an `out` that cannot be a folder to write to: no name, a file, below a file, or without permission. */
export function folderMistake(out: unknown): string | undefined {
  if (!isName(out)) return expectedMistake("out", "the name of a folder", out);
  const missing = missingFolders(out);
  const nearest = missing.length === 0 ? resolve(out) : dirname(missing[0]!);
  if (missing.some((folder) => Buffer.byteLength(basename(folder)) > MAX_NAME_BYTES))
    return expectedMistake("out", "shorter names", out);
  try {
    if (missing.length > 0 && lstatSync(missing[0]!, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      return expectedMistake("out", "no link that leads nowhere", out); // a folder there is one just made by another process
    if (!statSync(nearest).isDirectory()) return expectedMistake("out", "a folder", out);
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    tryFolderIn(nearest);
    return undefined;
  } catch {
    return expectedMistake("out", "a folder that can be read and written to", out);
  }
}

/** Makes a folder, and those above it. Node's `recursive` never ends in places such as /proc. */
export function makeFolder(path: string): void {
  for (const folder of missingFolders(path)) {
    try {
      mkdirSync(folder);
    } catch (error) {
      if (!isFolder(folder)) throw error; // another process may have made it
    }
  }
}

/** Returns whether there is no file in or below a folder, apart from temporary ones, which other processes make and remove. */
export function holdsNothing(folder: string): boolean {
  if (!isFolder(folder)) return true;
  return readdirSync(folder, { withFileTypes: true }).every((entry) => {
    return isPartial(entry.name) || (entry.isDirectory() && holdsNothing(join(folder, entry.name)));
  });
}

/** Returns the missing folders of a path, the uppermost first. */
function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let folder = resolve(path); !isThere(folder) && folder !== dirname(folder); folder = dirname(folder))
    missing.unshift(folder);
  return missing;
}

function isThere(path: string): boolean {
  return statsOf(path) !== undefined;
}

function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false;
}

/** Makes a trial folder, because permissions are not enough: the superuser has them in /proc and on disks that are read only. */
function tryFolderIn(folder: string): void {
  const trial = partialBeside(join(folder, "trial"));
  mkdirSync(trial);
  rmdirSync(trial);
}
