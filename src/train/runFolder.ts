import { lstatSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { makeFolder } from "../files/folder.js";
import { removePartials } from "../files/wholeFile.js";

/** File in the run's folder that summarises the run. */
export const RUN = "run.json";

/** Returns the folder of the growing files of a run in the folder `out`. */
export function growingFolder(out: string): string {
  return join(out, "train");
}

/**
 * Makes a folder for the files of a run, or removes temporary files of stopped writers from it. Throws `InvalidInput` if it cannot
 * be made.
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

/** Renames a damaged file, so that it can be examined. Returns a sentence about it. */
export function setAside(path: string): string {
  let aside = `${path}.damaged`;
  for (let next = 2; lstatSync(aside, { throwIfNoEntry: false }) !== undefined; next++)
    aside = `${path}.damaged-${next}`;
  renameSync(path, aside);
  return `${path} is damaged, and kept as ${aside}.`;
}
