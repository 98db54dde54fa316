import { compileWorldFile } from "../../compiler/compileWorld.js";
import type { World } from "../../world/world.js";
import { importCompiledModule } from "./importCompiledModule.js";

/** How a world file is compiled. */
export interface CompileOptions {
  /** Its name in errors; up to the first point it is the name of a world that says none. Default: "world.ts". */
  readonly file?: string;
}

/**
 * Compiles the text of a world file, and returns its world. Needs the package assemblyscript, and takes some seconds. Rejects with
 * `InvalidSource`, which has line, column and reason of everything that is not in the subset.
 */
export async function compileWorld(source: string, { file = "world.ts" }: CompileOptions = {}): Promise<World> {
  const { module } = await compileWorldFile(source, file);
  return importCompiledModule(module);
}
