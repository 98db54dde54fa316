import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";

/** Suffix of temporary files, which are written beside a file until they are complete. Used by slatesim only. */
const PARTIAL = ".slatesim-partial";
/** The file's name, then its writer: a hash of the place where the process number is valid, the process number, and a random number. */
const NAMED = /^(.*)\.(?:([0-9a-f]{8})-)?(\d+)-[0-9a-f]+\.slatesim-partial$/s;
/** Milliseconds after which a file of a process elsewhere is abandoned: such a process cannot be queried, and no file takes so long. */
const ABANDONED = 24 * 60 * 60 * 1000;

/** Temporary files that this thread is writing. */
const underWay = new Set<string>();

/** Returns a new name of a temporary file beside `path`. Two writers of the same file get different names. */
export function partialBeside(path: string): string {
  return `${path}.${here()}-${process.pid}-${randomBytes(4).toString("hex")}${PARTIAL}`;
}

export function isPartial(name: string): boolean {
  return name.endsWith(PARTIAL);
}

export function beginPartial(partial: string): void {
  underWay.add(partial);
}

export function endPartial(partial: string): void {
  underWay.delete(partial);
}

/** Removes temporary files of stopped writers from a folder, those of one file or all. */
export function removePartials(folder: string, file?: string): void {
  for (const name of readdirSync(folder)) {
    const [, of, where = here(), writer] = NAMED.exec(name) ?? [];
    if (of === undefined || (file !== undefined && of !== file)) continue;
    const path = resolve(folder, name);
    const abandoned = where === here() ? !isBeingWritten(path, Number(writer)) : isOld(path);
    if (abandoned) rmSync(path, { force: true, recursive: true }); // folders too: see folderMistake
  }
}

function isBeingWritten(path: string, writer: number): boolean {
  if (writer === process.pid) return underWay.has(path) || isOfThisProcess(path);
  try {
    process.kill(writer, 0); // tests whether there is such a process
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Returns whether the file is newer than this process: another thread may be writing it; an older one is of a process with the same number. */
function isOfThisProcess(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs >= Date.now() - 1000 * process.uptime();
}

function isOld(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED;
}

let known: string | undefined;

/** Identifies the host, its boot, and its namespace of process numbers, because a container has a separate one. */
function here(): string {
  const parts = [
    hostname(),
    said(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")),
    said(() => readlinkSync("/proc/self/ns/pid")),
  ];
  return (known ??= createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 8));
}

/** Returns what `ask` returns, or an empty text: only Linux has these files. */
function said(ask: () => string): string {
  try {
    return ask();
  } catch {
    return "";
  }
}
