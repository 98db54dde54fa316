import { importExport, type ExpectedExport } from "../../modules/importExport.js";
import { worldMistake, type World } from "../../world/world.js";
import { compiledWorld } from "./compiledWorld.js";
import { isProgram } from "./compiledProgram.js";

const expected: ExpectedExport = {
  kind: "world",
  noun: "a world",
  rule: "a world made by `defineWorld` or `makeWorld` of this package, a compiled world file, or a function without arguments that returns one",
  made: (exported) => {
    if (isProgram(exported)) return compiledWorld(exported);
    return typeof exported === "function" ? (exported as () => unknown)() : exported;
  },
  isLegal: (value) => worldMistake(value) === undefined,
};

/**
 * The world that a module exports under a name, or that an exported function without arguments returns. Unlike a custom world that is
 * handed over as a value it is simulated in workers, too, each of which loads the module for itself and refuses a world of another hash.
 * `url` is absolute, as `new URL("world.js", import.meta.url)` makes it. Rejects with `InvalidInput`.
 */
export async function importWorld(url: string | URL, name = "default"): Promise<World> {
  return (await importExport(expected, url, name)) as World;
}
