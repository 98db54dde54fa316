import type * as AssemblyScript from "assemblyscript";
import type * as Asc from "assemblyscript/asc";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { streamVersion } from "../random/streamVersion.js";
import { checkWorld } from "./checkWorld.js";
import { compileKernel } from "./compileKernel.js";
import { emitJavaScript } from "./emitJavaScript.js";
import { parse } from "./parse.js";
import type { WorldProgram } from "./program.js";
import { PROGRAM_FORMAT } from "./programFormat.js";
import { programText } from "./programText.js";
import { SourceText } from "./sourceText.js";

/** A world file, compiled. */
export interface CompiledWorldFile {
  /** Name of the world. */
  readonly name: string;
  /** Text of a JavaScript module without imports, which exports `program`. */
  readonly module: string;
  /** The kernel as WebAssembly. */
  readonly kernel: Uint8Array;
}

/**
 * Compiles the text of a world file. `file` is its name in errors, as in "patience.world.ts". Needs the package assemblyscript. Rejects with
 * `InvalidSource`, which has line, column and reason of everything that is not in the subset.
 */
export async function compileWorldFile(text: string, file: string): Promise<CompiledWorldFile> {
  refuse([typeof text === "string" ? undefined : expectedMistake("source", "the text of a world file", text)]);
  const { assemblyscript, asc } = await loadAssemblyScript();
  const source = new SourceText(file, text);
  const program = checkWorld(source, parse(source, assemblyscript), nameOf(file));
  const kernel = await compileKernel(program, asc);
  const module = await moduleText(program, text, kernel);
  return { name: program.name, module, kernel };
}

async function loadAssemblyScript() {
  try {
    const [assemblyscript, asc] = await Promise.all([import("assemblyscript"), import("assemblyscript/asc")]);
    return {
      assemblyscript: assemblyscript.default as typeof AssemblyScript,
      asc: asc.default as unknown as typeof Asc,
    };
  } catch (error) {
    throw new Error("compiling worlds needs the package assemblyscript: npm install assemblyscript", { cause: error });
  }
}

/** The name of a world that says none: its file's, up to the first point. */
function nameOf(file: string): string {
  return file.split(/[/\\]/).at(-1)!.split(".")[0]! || "world";
}

async function moduleText(program: WorldProgram, text: string, kernel: Uint8Array): Promise<string> {
  const { name, slateSize, numCandidates, timeBudget, resample, choice, records } = program;
  const said = {
    slatesimProgram: PROGRAM_FORMAT,
    streamVersion,
    name,
    sourceSha256: await sha256(new TextEncoder().encode(text)),
    slateSize,
    numCandidates,
    timeBudget: timeBudget === Infinity ? null : timeBudget,
    resample,
    choice,
    records,
    kernelSha256: await sha256(kernel),
  };
  return programText(said, emitJavaScript(program), hex(kernel));
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
