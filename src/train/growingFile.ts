import { closeSync, existsSync, fsyncSync, openSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { expectedMistake } from "../check/mistakes.js";

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
    appendDurably(this.path, bytes);
    this.length += bytes.length;
  }
}

/** A sentence about a file that lost bytes which a checkpoint counts on. */
export function lengthMistake(path: string, length: number): string | undefined {
  const found = existsSync(path) ? statSync(path).size : 0;
  return found >= length ? undefined : expectedMistake(path, `at least ${length} bytes, as at the checkpoint`, found);
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
