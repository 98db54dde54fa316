import type { World } from "../../world/world.js";
import { importWorld } from "./importWorld.js";

/**
 * Imports the module that a world file became, and returns its world. It is imported from a data URL, so that threads know it, too; a page's
 * Content-Security-Policy has to allow `data:` in `script-src`.
 */
export function importCompiledModule(module: string): Promise<World> {
  const bytes = new TextEncoder().encode(module);
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return importWorld(`data:text/javascript;base64,${btoa(characters)}`, "program");
}
