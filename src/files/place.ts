import { fstatSync, lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import { resolve } from "node:path";

/** Target of content that is written to a path, or the rule that the path breaks. */
export type Place =
  /** The file itself, after resolving links; it need not exist yet. */
  | { readonly kind: "file"; readonly path: string; readonly mode?: number }
  /** A device, or an output of this process (then `descriptor`): it cannot be replaced, and bytes are written as they come. */
  | { readonly kind: "stream"; readonly path: string; readonly descriptor?: number }
  | { readonly kind: "none"; readonly rule: string };

const STDOUT = 1;
const OUTPUTS = [STDOUT, 2];

export function placeOf(path: string): Place {
  try {
    const direct = lstatSync(path, { throwIfNoEntry: false });
    if (direct === undefined) return { kind: "file", path: resolve(path) };
    const found = direct.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : direct;
    if (found === undefined) return none("no link that leads nowhere");
    const descriptor = direct.isFile() ? undefined : OUTPUTS.find((output) => isOpenAs(output, found));
    if (descriptor !== undefined) return { kind: "stream", path, descriptor };
    if (found.isFile()) return { kind: "file", path: realpathSync(path), mode: found.mode };
    if (found.isCharacterDevice()) return { kind: "stream", path };
    return none(`no ${kindOf(found)}`);
  } catch (error) {
    return none(ruleOf(error));
  }
}

/** Returns whether the path is the stdout of this process. */
export function takesStdout(path: string | undefined): boolean {
  const found = path === undefined ? undefined : statsOf(path);
  return found !== undefined && isOpenAs(STDOUT, found);
}

/** Returns the rule behind the system's error when a file or a folder cannot be made. */
export function ruleOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENAMETOOLONG") return "a shorter name";
  if (code === "ELOOP") return "no link that leads in a circle";
  if (code === "ENOSPC" || code === "EDQUOT") return "a place on a disk that has room";
  return "a file in a folder that can be written";
}

/** Returns the kind of a file as a word for messages. */
export function kindOf(found: Stats): string {
  if (found.isDirectory()) return "folder";
  if (found.isFIFO()) return "FIFO";
  if (found.isSocket()) return "socket";
  return "device";
}

/** Returns whether a text can be a path. */
export function isName(path: unknown): path is string {
  return typeof path === "string" && path !== "" && !path.includes("\0");
}

/** Returns whether the path exists and is neither a file nor a link to one. */
export function isObstacle(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined && statsOf(path)?.isFile() !== true;
}

/** Returns the stats of a path; undefined if they cannot be read. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function isOpenAs(descriptor: number, { dev, ino }: Stats): boolean {
  try {
    const open = fstatSync(descriptor);
    return open.dev === dev && open.ino === ino;
  } catch {
    return false; // closed
  }
}

function none(rule: string): Place {
  return { kind: "none", rule };
}
