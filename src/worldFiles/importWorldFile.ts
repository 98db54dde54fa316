import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { readWhole } from "../files/readWhole.js";
import { recordSource } from "../modules/origins.js";
import type { World } from "../world/world.js";
import { importWorld } from "../worlds/compiled/importWorld.js";
import { cachedWorld, type WhileCompiling } from "./worldCache.js";

/** Whether a path or an address is that of a world file, by its name. */
export function isWorldFile(name: string): boolean {
  return name.endsWith(".world.ts");
}

/** Reads the text of a world file. Throws `InvalidInput` if there is none. */
export function readWorldFile(field: string, path: string): string {
  const bytes = readWhole(field, path);
  if (bytes === undefined) refuse([expectedMistake(field, "a file that exists", path)]);
  return new TextDecoder().decode(bytes);
}

/**
 * The world of a module, or of a world file, which is compiled unless the cache has it. A world file has one world and no other exports:
 * `name` is "default". Rejects with `InvalidInput`.
 */
export async function importWorldFrom(
  url: string | URL,
  name: string,
  whileCompiling: WhileCompiling = (work) => work(),
): Promise<World> {
  const address = new URL(url);
  if (address.protocol !== "file:" || !isWorldFile(address.pathname)) return importWorld(url, name);
  const path = fileURLToPath(address);
  refuse([name === "default" ? undefined : expectedMistake("world file", "no #export: it is one world", name)]);
  const shown = relative("", path);
  const file = shown.startsWith("..") ? path : shown;
  const { path: module } = await cachedWorld(readWorldFile("world file", path), file, whileCompiling);
  const world = await importWorld(pathToFileURL(module), "program");
  recordSource(world, { url: address.href, name });
  return world;
}
