// World files of the package's sources, compiled here and now.
import { readFileSync } from "node:fs";
import { compileWorld, type World } from "../package.js";

/** `path`: from the package's folder. */
export function compileFile(path: string): Promise<World> {
  return compileWorld(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
}
