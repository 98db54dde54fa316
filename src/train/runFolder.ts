import { lstatSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { makeFolder } from "../files/folder.js";
import { removePartials } from "../files/wholeFile.js";

/** Tells of the whole run, in its folder. */
export const RUN = "run.json";

/** Where the files of a run in the folder `out` are that grow. */
export function growingFolder(out: string): string {
  return join(out, "train");
}

/**
 * Makes a folder for what a run writes, or takes out of it what stopped writers left. Throws `InvalidInput` where none can be
 * made.
 */
export function openFolder(path: string): void {
  try {
    makeFolder(path);
    removePartials(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    refuse([expectedMistake("out", `a folder that can be made and read (${code ?? message})`, path)]);
  }
}

/** Keeps a damaged file under another name, for whoever wants to look at it, and says so. */
export function setAside(path: string): string {
  let aside = `${path}.damaged`;
  for (let next = 2; lstatSync(aside, { throwIfNoEntry: false }) !== undefined; next++)
    aside = `${path}.damaged-${next}`;
  renameSync(path, aside);
  return `${path} is damaged, and kept as ${aside}.`;
}
