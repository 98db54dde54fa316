import {
  expectedMistake,
  numberMistake,
  objectMistake,
  unknownFieldMistakes,
  type NumberRule,
} from "../../check/mistakes.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { streamVersion } from "../../random/streamVersion.js";
import { CompiledKernel } from "../../wasm/compiledKernel.js";
import type { World } from "../../world/world.js";
import { customWorld } from "../custom/defineWorld.js";
import { compiledDefinition, type WorldShape } from "./compiledDefinition.js";
import { observeBatch } from "./batchObservation.js";
import type { CompiledExports } from "./compiledEngine.js";
import { recordCompiled } from "./compiledSources.js";
import { compiledKernelProgram } from "./compiledKernelProgram.js";
import { checkProgram, isProgram, type CompiledProgram, type CompiledWorldOptions } from "./compiledProgram.js";
import { recordFields } from "./recordFields.js";
import { programAddress } from "./programAddress.js";

type ProgramParameters = Readonly<Record<string, number | boolean>>;

/** Each program is compiled once, for all worlds made of it. */
const kernels = new WeakMap<CompiledProgram, CompiledKernel<CompiledExports>>();

/**
 * A world of a compiled world file: its kernel simulates it under built-in policies, its functions in TypeScript under all others, with the
 * same bits. Throws `InvalidInput` for a program of another version of slatesim, and for parameters that the file does not have.
 */
export function compiledWorld(program: CompiledProgram, options: CompiledWorldOptions = {}): World {
  refuse([isProgram(program) ? undefined : expectedMistake("program", "what `slatesim build` wrote", program)]);
  checkProgram(program, streamVersion);
  const { given, mistakes } = optionsOnce(options);
  refuse([...mistakes, ...optionMistakes(program, given)]);
  const { slateSize = program.slateSize, numCandidates = program.numCandidates, parameters } = given;
  const world = worldOf(program, parametersOf(program, parameters), { slateSize, numCandidates }, true);
  const address = () => programAddress(program, (sent) => compiledWorld(sent));
  recordCompiled(world, { program, address });
  return world;
}

/** Returns the errors of options that are known to be an object of the right names. */
export function optionMistakes(program: CompiledProgram, options: CompiledWorldOptions): (string | undefined)[] {
  const { slateSize = program.slateSize, numCandidates = program.numCandidates, parameters = {} } = options;
  return [...sizeMistakes(slateSize, numCandidates), ...parameterMistakes(program, parameters)];
}

/**
 * Reads the options of a compiled world once. They are unchecked but for their names, whose errors are returned, so that they are told beside
 * those of the values; parameters that are no object are left out. Throws `InvalidInput` for options that are none.
 */
export function optionsOnce(options: CompiledWorldOptions): {
  readonly given: CompiledWorldOptions & { readonly parameters: Readonly<Record<string, number | boolean>> };
  readonly mistakes: readonly (string | undefined)[];
} {
  refuse([objectMistake("options", options)]);
  const read = readOnce("options", options, [...SIZES, "parameters"]);
  const { parameters = {}, slateSize, numCandidates, ...others } = read;
  const noObject = objectMistake("parameters", parameters);
  const sizes = {
    ...(slateSize !== undefined && { slateSize }),
    ...(numCandidates !== undefined && { numCandidates }),
  };
  return {
    given: { ...sizes, parameters: noObject === undefined ? readOnce("parameters", parameters) : {} },
    mistakes: [...unknownFieldMistakes("option of a compiled world", others, [...SIZES, "parameters"]), noObject],
  };
}

/** Rules of parameters, for those that may not be every finite number. */
export type ParameterRules = Readonly<Record<string, NumberRule>>;

/** A program that comes with the package. */
export interface PackagedProgram {
  readonly program: CompiledProgram;
  /** Rules of parameters, for those that may not be every finite number. */
  readonly rules: Readonly<Record<string, NumberRule>>;
}

/**
 * A compiled world that comes with the package: its parameters hold slateSize and numCandidates, too, so that they and its name say all about
 * it. `mistakes` are errors of how they were handed over. Throws `InvalidInput` with every error at once.
 */
export function packagedWorld(
  packaged: PackagedProgram,
  given: Readonly<Record<string, unknown>>,
  mistakes: readonly (string | undefined)[] = [],
): World {
  refuse([...mistakes, ...packagedMistakes(packaged, given)]);
  const { program } = packaged;
  const { slateSize = program.slateSize, numCandidates = program.numCandidates, ...parameters } = given;
  const shape = { slateSize, numCandidates } as WorldShape;
  return worldOf(program, { ...shape, ...parametersOf(program, parameters) }, shape, false);
}

/** Returns the errors of parameters of such a world. */
export function packagedMistakes(
  { program, rules }: PackagedProgram,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const { slateSize = program.slateSize, numCandidates = program.numCandidates, ...parameters } = given;
  return [...sizeMistakes(slateSize, numCandidates), ...parameterMistakes(program, parameters, rules, SIZES)].filter(
    (mistake) => mistake !== undefined,
  );
}

function sizeMistakes(slateSize: unknown, numCandidates: unknown): (string | undefined)[] {
  const sizeMistake = numberMistake("slateSize", slateSize, SLATE_SIZE);
  const min = sizeMistake === undefined ? (slateSize as number) : 1;
  return [sizeMistake, numberMistake("numCandidates", numCandidates, { min, max: 32_768, integer: true })];
}

function worldOf(
  program: CompiledProgram,
  parameters: ProgramParameters,
  shape: WorldShape,
  userDefined: boolean,
): World {
  const compiled = kernelOf(program);
  return customWorld(compiledDefinition(program, parameters, shape), {
    hash: program.sourceSha256,
    userDefined,
    observeBatch: (users) => observeBatch(program, shape, users) as never,
    documentFields: recordFields(program.records),
    kernel: (made) => compiledKernelProgram(program, compiled, made),
  }) as unknown as World;
}

/** Returns all parameters of a program, some of them changed. */
function parametersOf({ records }: CompiledProgram, changed: Readonly<Record<string, unknown>>): ProgramParameters {
  const fields = records.Parameters?.fields ?? [];
  return Object.fromEntries(
    fields.map(({ name, type, initial }) => [name, changed[name] ?? (type === "bool" ? initial === 1 : initial)]),
  ) as ProgramParameters;
}

function kernelOf(program: CompiledProgram): CompiledKernel<CompiledExports> {
  const known = kernels.get(program);
  if (known !== undefined) return known;
  const { kernel } = program;
  const made = new CompiledKernel<CompiledExports>(() =>
    typeof kernel === "string" ? Promise.resolve(kernel) : kernel(),
  );
  kernels.set(program, made);
  return made;
}

function parameterMistakes(
  { records }: CompiledProgram,
  given: Readonly<Record<string, unknown>>,
  rules: PackagedProgram["rules"] = {},
  otherNames: readonly string[] = [],
): (string | undefined)[] {
  const fields = records.Parameters?.fields ?? [];
  const names = fields.map(({ name }) => name);
  return [
    ...unknownFieldMistakes("parameter", given, [...otherNames, ...names]),
    ...fields.map(({ name, type }) => {
      const value = given[name];
      if (value === undefined) return undefined;
      if (type !== "bool") return numberMistake(name, value, rules[name] ?? (type === "i32" ? INTEGER : {}));
      return typeof value === "boolean" ? undefined : expectedMistake(name, "true or false", value);
    }),
  ];
}

const SIZES = ["slateSize", "numCandidates"] as const;
const SLATE_SIZE = { min: 1, max: 16_384, integer: true };
const INTEGER = { min: -(2 ** 31), max: 2 ** 31 - 1, integer: true };
