import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { beginPartial, endPartial, partialBeside, removePartials } from "./partials.js";
import { isName, placeOf, ruleOf, type Place } from "./place.js";

export { folderMistake, holdsNothing } from "./folder.js";
export { removePartials } from "./partials.js";

type Stream = Extract<Place, { kind: "stream" }>;
type Target = Stream | Extract<Place, { kind: "file" }>;

/** Replaces a file atomically: a reader, also one after a crash, finds either the old content or the new. */
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

/**
 * Replaces a file atomically with content that is written piece by piece: it appears at the path when it is complete. For a link, the
 * file behind it is replaced. A device receives the pieces as they come.
 */
export class WholeFile {
  private readonly path: string;
  private readonly place: Target;
  /** Temporary file, which `finish` renames. */
  private readonly partial: string | undefined;
  private readonly handle: number;
  private open = true;

  /** Throws if no file can be made. */
  constructor(path: string) {
    const place = placeOf(path);
    if (place.kind === "none") throw new InvalidInput([expectedMistake("file", place.rule, path)]);
    this.path = path;
    this.place = place;
    this.partial = place.kind === "file" ? partialBeside(place.path) : undefined;
    this.handle = place.kind === "file" ? openSync(this.partial!, "wx") : openStream(place);
    if (this.partial !== undefined) beginPartial(this.partial);
  }

  append(content: string | Uint8Array): void {
    try {
      writeFully(this.handle, typeof content === "string" ? Buffer.from(content) : content);
    } catch (error) {
      throw named(error, this.path);
    }
  }

  /** Renames the temporary file to the path. */
  finish(): void {
    const { partial, place } = this;
    try {
      if (partial !== undefined) fsyncSync(this.handle);
      this.close();
    } catch (error) {
      throw named(error, this.path);
    }
    if (partial === undefined || place.kind !== "file") return;
    if (place.mode !== undefined) chmodSync(partial, place.mode);
    renameSync(partial, place.path);
    syncFolder(dirname(place.path));
  }

  /** Removes the temporary file; an earlier file at the path is unchanged. */
  abandon(): void {
    this.close();
    if (this.partial !== undefined) rmSync(this.partial, { force: true });
  }

  private close(): void {
    const { open, partial, place } = this;
    this.open = false;
    if (partial !== undefined) endPartial(partial);
    if (open && !isOwnOutput(place)) closeSync(this.handle);
  }
}

/** Returns an error for a path at which no file can be made or replaced. */
export function wholeFileMistake(field: string, path: unknown): string | undefined {
  if (!isName(path) || /[/\\]$/.test(path)) return expectedMistake(field, "the name of a file", path);
  const place = placeOf(path);
  const rule = place.kind === "none" ? place.rule : ruleBroken(place);
  return rule && expectedMistake(field, rule, path);
}

/** Removes temporary files that stopped writers of that file left beside it. */
export function removePartialsOf(path: string): void {
  const place = placeOf(path);
  if (place.kind === "file") removePartials(dirname(place.path), basename(place.path));
}

/** Tries to write, because permissions are not enough: the superuser has them in /proc and on disks that are read only. */
function ruleBroken(place: Target): string | undefined {
  try {
    if (place.kind === "stream") {
      if (!isOwnOutput(place)) closeSync(openStream(place));
      return undefined;
    }
    if (place.mode !== undefined) accessSync(place.path, constants.W_OK);
    const trial = partialBeside(place.path);
    closeSync(openSync(trial, "wx"));
    rmSync(trial);
    return undefined;
  } catch (error) {
    return ruleOf(error);
  }
}

function openStream({ path, descriptor }: Stream): number {
  return descriptor ?? openSync(path, constants.O_WRONLY | constants.O_NOCTTY);
}

/** Returns whether the place is an output of this process, which stays open. */
function isOwnOutput(place: Target): boolean {
  return place.kind === "stream" && place.descriptor !== undefined;
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

function writeFully(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(handle, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(PAUSE, 0, 0, 5); // the reader of the pipe is slower
    }
  }
}

/** Adds the path to the error of a write, which does not name it. */
function named(error: unknown, path: string): Error {
  return new Error(`${(error as Error).message} ${JSON.stringify(path)}`, { cause: error });
}

/** Makes a new name in the folder durable. Windows cannot open folders, and keeps names without this. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
