import { createHash, type Hash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { isObstacle } from "../files/place.js";

/** Length and SHA-256 of a file at some moment. */
export interface Mark {
  readonly length: number;
  readonly sha256: string;
}

const NOTHING: Mark = { length: 0, sha256: createHash("sha256").digest("hex") };
const CHUNK_BYTES = 2 ** 20;

/** An append-only file; checkpoints record its length and SHA-256. */
export class GrowingFile {
  readonly path: string;
  private length: number;
  private readonly hash: Hash;

  /** Resumes at the mark, with which the file begins; bytes after it are cut off. */
  constructor(path: string, mark: Mark = NOTHING) {
    refuse([markMistake(path, mark)]);
    this.path = path;
    this.length = mark.length;
    this.hash = hashOf(path, mark.length);
    if (sizeOf(path) > mark.length) truncateSync(path, mark.length);
  }

  /** Appends content. Throws `InvalidInput` if another process, such as a second run in the same folder, has changed the length. */
  append(content: string | Uint8Array): void {
    const found = sizeOf(this.path);
    const rule = `${this.length} bytes, as this run left it (does another one write to the folder?)`;
    refuse([found === this.length ? undefined : expectedMistake(this.path, rule, found)]);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    appendDurably(this.path, bytes, this.length);
    this.hash.update(bytes);
    this.length += bytes.length;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Returns the mark of all that was written. */
  mark(): Mark {
    return { length: this.length, sha256: this.hash.copy().digest("hex") };
  }
}

/** Returns the mark of a file that is written in one piece. */
export function markOf(bytes: Uint8Array): Mark {
  return { length: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Returns an error for a file that does not begin as its mark says. */
export function markMistake(path: string, { length, sha256 }: Mark): string | undefined {
  if (isObstacle(path)) return expectedMistake(path, "a file", "something else");
  const found = sizeOf(path);
  if (found < length) return expectedMistake(path, `at least ${length} bytes, as at the checkpoint`, found);
  const hash = hashOf(path, length).digest("hex");
  const rule = `${length} bytes of SHA-256 ${sha256}, as at the checkpoint`;
  return hash === sha256 ? undefined : expectedMistake(path, rule, hash);
}

/** Returns the hash of the file's first `length` bytes; the file is as long at least. */
function hashOf(path: string, length: number): Hash {
  const hash = createHash("sha256");
  if (length === 0) return hash;
  const file = openSync(path, "r");
  try {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, length));
    for (let left = length; left > 0;) {
      const read = readSync(file, chunk, 0, Math.min(chunk.length, left), null);
      if (read === 0) break; // truncated meanwhile: the hash will not match
      hash.update(chunk.subarray(0, read));
      left -= read;
    }
    return hash;
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Appends all of the bytes or none: after a full disk the file is unchanged, and the error names it. */
function appendDurably(path: string, bytes: Uint8Array, before: number): void {
  const file = openSync(path, "a");
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } catch (error) {
    truncateSync(path, before);
    throw new Error(`${path} could not be written: ${(error as Error).message}`, { cause: error });
  } finally {
    closeSync(file);
  }
}
