import type { World } from "../../world/world.js";
import type { CompiledProgram } from "./compiledProgram.js";

/** What a compiled world was made of. It stands by itself, so that who sends worlds to threads needs no code of compiled ones. */
export interface CompiledSource {
  readonly program: CompiledProgram;
  /** Address of a module from which threads import the program as "program"; undefined where they cannot. */
  readonly address: () => Promise<string | undefined>;
}

const sources = new WeakMap<World, CompiledSource>();

export function recordCompiled(world: World, source: CompiledSource): void {
  sources.set(world, source);
}

/** Returns what a compiled world was made of; undefined for another world. */
export function compiledSource(world: World): CompiledSource | undefined {
  return sources.get(world);
}
