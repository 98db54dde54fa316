import { closeSync, existsSync, fsyncSync, openSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";

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

  /** Throws `InvalidInput` when somebody else, such as a second run in the same folder, has changed the length since. */
  append(content: string | Uint8Array): void {
    const found = sizeOf(this.path);
    const rule = `${this.length} bytes, as this run left it (does another one write to the folder?)`;
    refuse([found === this.length ? undefined : expectedMistake(this.path, rule, found)]);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    appendDurably(this.path, bytes);
    this.length += bytes.length;
  }
}

/** A sentence about a file that lost bytes which a checkpoint counts on. */
export function lengthMistake(path: string, length: number): string | undefined {
  const found = sizeOf(path);
  return found >= length ? undefined : expectedMistake(path, `at least ${length} bytes, as at the checkpoint`, found);
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

function appendDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, "a");
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
