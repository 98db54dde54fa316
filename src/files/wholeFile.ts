import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expectedMistake } from "../check/mistakes.js";

/** Written beside a file until it is whole: whoever finds one knows that its writer was stopped. Nobody else's name. */
const PARTIAL = ".slatesim-partial";

/** Replaces a file such that a reader, also one after a crash, finds the old content or the new, and never less. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const file = new WholeFile(path);
  try {
    file.append(content);
    file.finish();
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** The same for content that comes piece by piece: nothing of it stands at the path before all does. */
export class WholeFile {
  private readonly path: string;
  private readonly handle: number;
  private open = true;

  /** Throws where no file can be made. */
  constructor(path: string) {
    this.path = path;
    this.handle = openSync(path + PARTIAL, "w");
  }

  append(content: string | Uint8Array): void {
    writeFileSync(this.handle, content);
  }

  /** Puts the file in its place. */
  finish(): void {
    fsyncSync(this.handle);
    this.close();
    renameSync(this.path + PARTIAL, this.path);
    syncFolder(dirname(this.path));
  }

  /** Takes back what was written; what stood at the path before stays. */
  abandon(): void {
    this.close();
    rmSync(this.path + PARTIAL, { force: true });
  }

  private close(): void {
    if (this.open) closeSync(this.handle);
    this.open = false;
  }
}

/** What is wrong with the path of a file that is to be made or replaced. */
export function wholeFileMistake(field: string, path: unknown): string | undefined {
  if (typeof path !== "string" || path === "") return expectedMistake(field, "the name of a file", path);
  if (existsSync(path) && !statSync(path).isFile()) return expectedMistake(field, "no folder or device", path);
  return isWritable(dirname(path)) ? undefined : expectedMistake(field, "a file in a folder that can be written", path);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** Removes what a stopped writer left in a folder. */
export function removePartials(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(PARTIAL)) rmSync(join(folder, name));
  }
}

/** A sentence about an `out` that can be no folder of ours: no name, a file, below a file, or not to be written to. */
export function folderMistake(out: unknown): string | undefined {
  if (typeof out !== "string" || out === "") return expectedMistake("out", "the name of a folder", out);
  let nearest = resolve(out);
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest);
  if (!statSync(nearest).isDirectory()) return expectedMistake("out", "a folder", out);
  try {
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return expectedMistake("out", "a folder that can be read and written to", out);
  }
}

/** Whether there is no file in or below a folder, leaving aside what was not finished. */
export function holdsNothing(folder: string): boolean {
  if (!existsSync(folder)) return true;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.every((entry) => entry.isDirectory() || entry.name.endsWith(PARTIAL));
}

/** Makes a new name in the folder last. Windows cannot open folders, and keeps names without. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
