import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { removePartials } from "../files/wholeFile.js";

/** Where the files of a run in the folder `out` are that grow. */
export function growingFolder(out: string): string {
  return join(out, "train");
}

/**
 * Makes a folder for what a run writes, or takes out of it what stopped writers left. Throws `InvalidInput` where none can be
 * made. Level by level: Node's own recursion does not come back from places such as /proc.
 */
export function openFolder(path: string): void {
  try {
    for (const missing of missingFolders(resolve(path))) makeFolder(missing);
    removePartials(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    refuse([expectedMistake("out", `a folder that can be made and read (${code ?? message})`, path)]);
  }
}

function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) {
    missing.unshift(folder);
  }
  return missing;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it meanwhile; reading it says whether it is one.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    readdirSync(path);
  }
}

/** Keeps a damaged file under another name, for whoever wants to look at it, and says so. */
export function setAside(path: string): string {
  let aside = `${path}.damaged`;
  for (let next = 2; existsSync(aside); next++) aside = `${path}.damaged-${next}`;
  renameSync(path, aside);
  return `${path} is damaged, and kept as ${aside}.`;
}
