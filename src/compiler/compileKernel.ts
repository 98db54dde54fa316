import type * as Asc from "assemblyscript/asc";
import { emitAssemblyScript } from "./emitAssemblyScript.js";
import { librarySources } from "./librarySources.js";
import type { WorldProgram } from "./program.js";

const ENTRY = "kernel/compiled/index.ts";
const OUTPUT = "world.wasm";
const FLAGS = [
  "--optimizeLevel",
  "3",
  "--noAssert",
  "--uncheckedBehavior",
  "always",
  "--runtime",
  "stub",
  "--enable",
  "simd",
  "--use",
  "abort=",
  "--initialMemory",
  "2",
];

/** Returns a world as WebAssembly: it imports nothing. */
export async function compileKernel(program: WorldProgram, asc: typeof Asc): Promise<Uint8Array> {
  const own = emitAssemblyScript(program);
  const files: Readonly<Record<string, string>> = {
    ...librarySources,
    "kernel/compiled/world.ts": own["world.ts"],
    "kernel/compiled/stages.ts": own["stages.ts"],
  };
  let compiled: Uint8Array | undefined;
  const printed: string[] = [];
  const keep = { write: (text: string | Uint8Array) => void printed.push(String(text)) };
  const { error } = await asc.main([ENTRY, "--outFile", OUTPUT, ...FLAGS], {
    readFile: (name) => files[name] ?? null,
    writeFile: (_name, content) => void (compiled = content as Uint8Array),
    listFiles: () => [],
    stdout: keep,
    stderr: keep,
  });
  // The subset has been checked, so what the compiler refuses is a fault of this package.
  if (error || compiled === undefined)
    throw new Error(`AssemblyScript does not compile "${program.name}":\n${printed.join("")}`);
  return compiled;
}
