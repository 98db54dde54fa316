import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";

/** Ends the names of what is written beside a file until it is whole. Nobody else's. */
const PARTIAL = ".slatesim-partial";
/** The file's name, then who writes: where process numbers mean something, the process, and a number drawn for the occasion. */
const NAMED = /^(.*)\.(?:([0-9a-f]{8})-)?(\d+)-[0-9a-f]+\.slatesim-partial$/s;
/** Nobody can be asked about a process elsewhere; nor does anybody write one file for so long, in milliseconds. */
const ABANDONED = 24 * 60 * 60 * 1000;

/** What this thread is writing now. */
const underWay = new Set<string>();

/** Names a new partial file beside that one. Two who write the same file must not meet before it is whole. */
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

/** Removes what stopped writers left in a folder, of one file or of all. */
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
    process.kill(writer, 0); // asks whether there is such a process
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Another thread may be writing it, of whose files this one knows nothing; an earlier process may have had the same number. */
function isOfThisProcess(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs >= Date.now() - 1000 * process.uptime();
}

function isOld(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED;
}

let known: string | undefined;

/** Names the host, its start, and its space of process numbers: a container has one of its own. */
function here(): string {
  const parts = [
    hostname(),
    said(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")),
    said(() => readlinkSync("/proc/self/ns/pid")),
  ];
  return (known ??= createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 8));
}

/** Only Linux says these. */
function said(ask: () => string): string {
  try {
    return ask();
  } catch {
    return "";
  }
}
