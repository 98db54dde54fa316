import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { compileWorldFile } from "../compiler/compileWorld.js";
import { folderMistake, makeFolder } from "../files/folder.js";
import { readWhole } from "../files/readWhole.js";
import { seal, sha256, unseal, type SealedFormat } from "../files/sealedText.js";
import { packageVersion } from "../files/version.js";
import { writeWhole } from "../files/wholeFile.js";
import { streamVersion } from "../random/streamVersion.js";
import { compilerHash } from "./compilerHash.js";

/** The first line is a comment of JavaScript, so that a compiled file is a module. */
const FORMAT: SealedFormat = { name: "// slatesim-world", version: 1 };

/** Does what takes seconds, and may show that it does. */
export type WhileCompiling = <T>(work: () => Promise<T>) => Promise<T>;

/** A compiled world file. */
export interface CachedWorld {
  /** Path of the module, which exports `program`. */
  readonly path: string;
  /** Text of the module, without its first line. */
  readonly module: string;
}

/**
 * Returns the module of a world file from the cache, compiled if there is none or if it is damaged. `file`: path of the world file, for
 * errors. `compiler`: hash of what compiles it. Rejects with `InvalidSource`.
 */
export async function cachedWorld(
  text: string,
  file: string,
  whileCompiling: WhileCompiling,
  compiler = compilerHash(),
): Promise<CachedWorld> {
  const folder = cacheFolder();
  const path = join(folder, `${keyOf(text, file, compiler)}.mjs`);
  const kept = keptModule(path);
  if (kept !== undefined) return { path, module: kept };
  const { module } = await whileCompiling(() => compileWorldFile(text, file));
  makeFolder(folder);
  writeWhole(path, seal(FORMAT, module));
  return { path, module };
}

/** Everything that the module depends on; a file's name is that of a world that says none. */
function keyOf(text: string, file: string, compiler: string): string {
  return sha256(JSON.stringify([text, basename(file), compiler, streamVersion, packageVersion()]));
}

function keptModule(path: string): string | undefined {
  try {
    const bytes = readWhole("cache", path);
    const unsealed = bytes && unseal(FORMAT, path, bytes);
    return unsealed !== undefined && "body" in unsealed ? unsealed.body : undefined;
  } catch {
    return undefined; // it is written anew
  }
}

let temporary: string | undefined;

/** The user's folder for caches; one of this process if that cannot be written: others could write to a known one, and it holds code. */
function cacheFolder(): string {
  const folder = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "slatesim", "worlds");
  if (folderMistake(folder) === undefined) return folder;
  if (temporary === undefined) {
    const made = mkdtempSync(join(tmpdir(), "slatesim-"));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    temporary = made;
  }
  return temporary;
}
