import type { World } from "../../world/world.js";
import { dataAddress } from "./dataAddress.js";
import { importWorld } from "./importWorld.js";

/**
 * Imports the module that a world file became, and returns its world. It is imported from a data URL, so that threads know it, too; a page's
 * Content-Security-Policy has to allow `data:` in `script-src`.
 */
export function importCompiledModule(module: string): Promise<World> {
  return importWorld(dataAddress(module), "program");
}
