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
import { dirname, resolve } from "node:path";
import { expectedMistake } from "../check/mistakes.js";

/** Ends the names of what is written beside a file until it is whole. Nobody else's. */
const PARTIAL = ".slatesim-partial";
/** The file's name, and the number of the process that writes: two who write the same file must not meet before it is whole. */
const NAMED = /^(.*)\.(\d+)-\d+\.slatesim-partial$/s;

let writers = 0;
/** What this process is writing now. */
const underWay = new Set<string>();

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
  private readonly partial: string;
  private readonly handle: number;
  private open = true;

  /** Throws where no file can be made. */
  constructor(path: string) {
    this.path = resolve(path);
    this.partial = `${this.path}.${process.pid}-${++writers}${PARTIAL}`;
    this.handle = openSync(this.partial, "w");
    underWay.add(this.partial);
  }

  append(content: string | Uint8Array): void {
    writeFileSync(this.handle, content);
  }

  /** Puts the file in its place. */
  finish(): void {
    fsyncSync(this.handle);
    this.close();
    renameSync(this.partial, this.path);
    syncFolder(dirname(this.path));
  }

  /** Takes back what was written; what stood at the path before stays. */
  abandon(): void {
    this.close();
    rmSync(this.partial, { force: true });
  }

  private close(): void {
    if (this.open) closeSync(this.handle);
    this.open = false;
    underWay.delete(this.partial);
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

/** Removes what stopped writers left in a folder, of one file or of all. */
export function removePartials(folder: string, file?: string): void {
  for (const name of readdirSync(folder)) {
    const [, of, writer] = NAMED.exec(name) ?? [];
    if (of === undefined || (file !== undefined && of !== file)) continue;
    const path = resolve(folder, name);
    if (!isBeingWritten(path, Number(writer))) rmSync(path, { force: true });
  }
}

function isBeingWritten(path: string, writer: number): boolean {
  if (writer === process.pid) return underWay.has(path);
  try {
    process.kill(writer, 0); // asks whether there is such a process
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
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
