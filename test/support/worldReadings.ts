// A world file in three readings: its kernel, its reference, and plain TypeScript.
import * as assemblyscript from "assemblyscript";
import ts from "typescript";
import { checkWorld } from "../../src/compiler/checkWorld.js";
import { emitJavaScript } from "../../src/compiler/emitJavaScript.js";
import { parse } from "../../src/compiler/parse.js";
import { PROGRAM_FORMAT } from "../../src/compiler/programFormat.js";
import type { WorldProgram } from "../../src/compiler/program.js";
import { SourceText } from "../../src/compiler/sourceText.js";
import { policies, simulate, type BuiltInPolicy, type World } from "../../src/index.js";
import { streamVersion } from "../../src/random/streamVersion.js";
import type { CompiledProgram, WorldFunctions, WorldRecord } from "../../src/worlds/compiled/compiledProgram.js";
import * as worldModule from "../../src/worlds/compiled/index.js";

/** Checks a world file, without compiling its kernel. Throws `InvalidSource`. */
export function checked(text: string): WorldProgram {
  const source = new SourceText("a.world.ts", text);
  return checkWorld(source, parse(source, assemblyscript), "a");
}

/** The world of a checked file, by the functions that slatesim writes for it; it has no kernel. */
export function referenceWorld(program: WorldProgram): World {
  // oxlint-disable-next-line typescript/no-implied-eval -- this is how its module is read
  return withFunctions(program, new Function(`return ${emitJavaScript(program)}`)() as CompiledProgram["functions"]);
}

/** The world of a checked file, by its own text as any TypeScript compiler reads it. */
export function plainWorld(program: WorldProgram, text: string): World {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- the text of a generated world
  new Function("require", "exports", outputText)(() => worldModule, exported);
  return withFunctions(program, () => plainFunctions(program, exported));
}

function plainFunctions({ records }: WorldProgram, exported: Readonly<Record<string, unknown>>): WorldFunctions {
  const makers = Object.keys(records).map((role) => [
    role,
    () => ({ ...new (exported[role] as new () => WorldRecord)() }),
  ]);
  return { ...exported, ...Object.fromEntries(makers), copyUser } as unknown as WorldFunctions;
}

function copyUser(user: WorldRecord): WorldRecord {
  return Object.fromEntries(
    Object.entries(user).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]),
  );
}

function withFunctions(program: WorldProgram, functions: CompiledProgram["functions"]): World {
  const timeBudget = program.timeBudget === Infinity ? null : program.timeBudget;
  const said = {
    slatesimProgram: PROGRAM_FORMAT,
    streamVersion,
    sourceSha256: "0".repeat(64),
    kernelSha256: "",
    kernel: "",
  };
  return worldModule.compiledWorld({ ...program, ...said, timeBudget, functions });
}

/** Policies that a kernel simulates. */
export function kernelPolicies(world: World): BuiltInPolicy[] {
  const ranked = world.rank ? [policies.mix(1), policies.mostEducational()] : [];
  return [policies.first(), policies.random(), ...ranked];
}

export interface Extent {
  readonly users: number;
  readonly steps: number;
}

/** All that a run says, as a text, or why it fails. */
export async function told(
  world: World,
  policy: BuiltInPolicy,
  engine: "kernel" | "reference",
  extent: Extent,
): Promise<string> {
  try {
    const run = await simulate(world, policy, { ...extent, seed: "world", engine, workers: 1 });
    return JSON.stringify(run, (name, value: unknown) =>
      ["timing", "engine", "world"].includes(name) ? undefined : value,
    );
  } catch (error) {
    return String(error);
  }
}

/** The world of a file, compiled; `onReference` is called wherever the reference makes a user. */
export async function kernelWorld(text: string, onReference?: () => void): Promise<World> {
  const { module } = await worldModule.compileWorldFile(text, "a.world.ts");
  // oxlint-disable-next-line typescript/no-implied-eval -- the module has no imports, and one export
  const program = new Function(module.replace("export const program =", "return"))() as CompiledProgram;
  if (onReference === undefined) return worldModule.compiledWorld(program);
  return worldModule.compiledWorld({
    ...program,
    functions: (library, parameters) => {
      const functions = program.functions(library, parameters);
      const sampleUser: WorldFunctions["sampleUser"] = (user, draws) => {
        onReference();
        functions.sampleUser(user, draws);
      };
      return { ...functions, sampleUser };
    },
  });
}
