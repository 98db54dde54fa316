import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expectedMistake } from "../check/mistakes.js";

/** Written beside a file until it is whole: whoever finds one knows that its writer was stopped. */
const PARTIAL = ".partial";

/** Replaces a file such that a reader, also one after a crash, finds the old content or the new, and never less. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  writeDurably(path + PARTIAL, "w", content);
  renameSync(path + PARTIAL, path);
  syncFolder(dirname(path));
}

/** Removes what a stopped writer left in a folder. */
export function removePartials(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(PARTIAL)) rmSync(join(folder, name));
  }
}

/** Whether there is no file in or below a folder, leaving aside what was not finished. */
export function holdsNothing(folder: string): boolean {
  if (!existsSync(folder)) return true;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.every((entry) => entry.isDirectory() || entry.name.endsWith(PARTIAL));
}

/** A file that is written front to back, and of which a checkpoint remembers how long it was. */
export class GrowingFile {
  readonly path: string;
  length: number;

  /** Goes on after `length` bytes; what stands behind them is cut off. The file has at least as many. */
  constructor(path: string, length: number) {
    this.path = path;
    this.length = length;
    if (existsSync(path)) truncateSync(path, length);
  }

  append(content: string | Uint8Array): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    writeDurably(this.path, "a", bytes);
    this.length += bytes.length;
  }
}

/** A sentence about a file that lost bytes which a checkpoint counts on. */
export function lengthMistake(path: string, length: number): string | undefined {
  const found = existsSync(path) ? statSync(path).size : 0;
  return found >= length ? undefined : expectedMistake(path, `at least ${length} bytes, as at the checkpoint`, found);
}

function writeDurably(path: string, flag: "w" | "a", content: string | Uint8Array): void {
  const file = openSync(path, flag);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
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
