import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";

/** SHA-256 of the content of each module of a run, by the module's path in the folder of modules, with slashes. */
export type ModuleHashes = Readonly<Record<string, string>>;

/** Returns the path of a module in the folder. Throws `InvalidInput` for a module elsewhere, because workers could not find it. */
export function moduleName(folder: string, url: string): string {
  const path = url.startsWith("file:") ? relative(resolve(folder), fileURLToPath(url)) : undefined;
  const name = path?.split(sep).join("/");
  if (name === undefined || !isInside(name)) refuse([expectedMistake(url, `a module below ${resolve(folder)}`, url)]);
  return name!;
}

/** Returns the hash of a module's content. Throws `InvalidInput` if it cannot be read. */
export function moduleHash(folder: string, name: string): string {
  refuse([isInside(name) ? undefined : expectedMistake(name, "a path in the folder of modules", name)]);
  try {
    return createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
  } catch {
    refuse([expectedMistake(name, "a file in the worker's folder of modules", "none that can be read")]);
    throw new Error("unreachable");
  }
}

/** Returns the addresses of a run's modules on this machine. Throws `InvalidInput` for one that is absent, or not the same. */
export function moduleAddresses(folder: string, hashes: ModuleHashes): ReadonlyMap<string, string> {
  const found = Object.entries(hashes).map(([name, hash]): [string, string] => {
    const here = moduleHash(folder, name);
    refuse([here === hash ? undefined : expectedMistake(name, `a file of SHA-256 ${hash}, as where it began`, here)]);
    return [name, pathToFileURL(join(folder, name)).href];
  });
  return new Map(found);
}

function isInside(name: string): boolean {
  return name !== "" && !isAbsolute(name) && !/^[A-Za-z]:/.test(name) && !name.split(/[/\\]/).includes("..");
}
