import { createHash, type Hash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { isObstacle } from "../files/place.js";

/** How a file began at some moment: so many bytes, of that SHA-256. */
export interface Mark {
  readonly length: number;
  readonly sha256: string;
}

const NOTHING: Mark = { length: 0, sha256: createHash("sha256").digest("hex") };
const PORTION = 2 ** 20;

/** A file that is written front to back, and of which a checkpoint remembers how it began. */
export class GrowingFile {
  readonly path: string;
  private length: number;
  private readonly hash: Hash;

  /** Goes on after what the mark tells, with which the file begins; what stands behind it is cut off. */
  constructor(path: string, mark: Mark = NOTHING) {
    refuse([markMistake(path, mark)]);
    this.path = path;
    this.length = mark.length;
    this.hash = hashOf(path, mark.length);
    if (sizeOf(path) > mark.length) truncateSync(path, mark.length);
  }

  /** Throws `InvalidInput` when somebody else, such as a second run in the same folder, has changed the length since. */
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

  /** Of all that was written. */
  mark(): Mark {
    return { length: this.length, sha256: this.hash.copy().digest("hex") };
  }
}

/** Of a file that is written in one piece. */
export function markOf(bytes: Uint8Array): Mark {
  return { length: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A sentence about a file that does not begin as a checkpoint counts on. */
export function markMistake(path: string, { length, sha256 }: Mark): string | undefined {
  if (isObstacle(path)) return expectedMistake(path, "a file", "something else");
  const found = sizeOf(path);
  if (found < length) return expectedMistake(path, `at least ${length} bytes, as at the checkpoint`, found);
  const hash = hashOf(path, length).digest("hex");
  const rule = `${length} bytes of SHA-256 ${sha256}, as at the checkpoint`;
  return hash === sha256 ? undefined : expectedMistake(path, rule, hash);
}

/** Of the file's first bytes; there are as many. */
function hashOf(path: string, length: number): Hash {
  const hash = createHash("sha256");
  if (length === 0) return hash;
  const file = openSync(path, "r");
  try {
    const portion = new Uint8Array(Math.min(PORTION, length));
    for (let left = length; left > 0;) {
      const read = readSync(file, portion, 0, Math.min(portion.length, left), null);
      if (read === 0) break; // cut meanwhile: the hash will not be the one that is expected
      hash.update(portion.subarray(0, read));
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

/** All of the bytes or none: a full disk leaves the file as it was, and is told of by the file's name. */
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
