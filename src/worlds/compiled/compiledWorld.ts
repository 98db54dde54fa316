import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import type { Field } from "../../compiler/program.js";
import { streamVersion } from "../../random/streamVersion.js";
import { CompiledKernel } from "../../wasm/compiledKernel.js";
import type { World } from "../../world/world.js";
import { customWorld } from "../custom/defineWorld.js";
import { compiledDefinition } from "./compiledDefinition.js";
import type { CompiledExports } from "./compiledEngine.js";
import { compiledKernelProgram } from "./compiledKernelProgram.js";
import { checkProgram, isProgram, type CompiledProgram } from "./compiledProgram.js";

/** What to change of a compiled world; all else is as its file says. */
export interface CompiledWorldOptions {
  /** Values of its class `Parameters`, by name. */
  readonly parameters?: Readonly<Record<string, number | boolean>>;
  /** Documents on a slate: an integer in [1, numCandidates]. */
  readonly slateSize?: number;
  /** Documents to choose a slate from: an integer in [slateSize, 32768]. */
  readonly numCandidates?: number;
}

/** Each program is compiled once, for all worlds made of it. */
const kernels = new WeakMap<CompiledProgram, CompiledKernel<CompiledExports>>();

/**
 * A world of a compiled world file: its kernel simulates it under built-in policies, its functions in TypeScript under all others, with the
 * same bits. Throws `InvalidInput` for a program of another version of slatesim, and for parameters that the file does not have.
 */
export function compiledWorld(program: CompiledProgram, options: CompiledWorldOptions = {}): World {
  refuse([isProgram(program) ? undefined : expectedMistake("program", "what `slatesim build` wrote", program)]);
  checkProgram(program, streamVersion);
  refuse([objectMistake("options", options)]);
  const given = readOnce("options", options, ["parameters", "slateSize", "numCandidates"]);
  refuse(unknownFieldMistakes("option of a compiled world", given, ["parameters", "slateSize", "numCandidates"]));
  const { slateSize = program.slateSize, numCandidates = program.numCandidates } = given;
  const fields = program.records.Parameters?.fields ?? [];
  const changed = given.parameters ?? {};
  refuse(parameterMistakes(fields, changed));
  const parameters = Object.fromEntries(
    fields.map(({ name, type, initial }) => [name, changed[name] ?? (type === "bool" ? initial === 1 : initial)]),
  );
  const compiled = kernelOf(program);
  return customWorld(compiledDefinition(program, parameters, { slateSize, numCandidates }), {
    hash: program.sourceSha256,
    kernel: (worldOf) => compiledKernelProgram(program, compiled, worldOf),
  }) as unknown as World;
}

function kernelOf(program: CompiledProgram): CompiledKernel<CompiledExports> {
  const known = kernels.get(program);
  if (known !== undefined) return known;
  const made = new CompiledKernel<CompiledExports>(() => Promise.resolve(program.kernel));
  kernels.set(program, made);
  return made;
}

function parameterMistakes(fields: readonly Field[], given: unknown): (string | undefined)[] {
  const noObject = objectMistake("parameters", given);
  if (noObject !== undefined) return [noObject];
  const values = given as Readonly<Record<string, unknown>>;
  return [
    ...unknownFieldMistakes(
      "parameter",
      values,
      fields.map(({ name }) => name),
    ),
    ...fields.map(({ name, type }) => {
      const value = values[name];
      if (value === undefined) return undefined;
      if (type !== "bool") return numberMistake(`parameters.${name}`, value, type === "i32" ? INTEGER : {});
      return typeof value === "boolean" ? undefined : expectedMistake(`parameters.${name}`, "true or false", value);
    }),
  ];
}

const INTEGER = { min: -(2 ** 31), max: 2 ** 31 - 1, integer: true };
