import { refuse } from "../../check/refuse.js";
import { expectedMistake } from "../../check/mistakes.js";
import type { ChoiceForm, RecordType, Resample } from "../../compiler/program.js";
import { PROGRAM_FORMAT } from "../../compiler/programFormat.js";
import type { LIBRARY } from "../../compiler/library.js";
import type { Draws } from "../../random/draws.js";

/** A record of a world in TypeScript: numbers, truth values and lists of numbers by the names of their fields. */
export type WorldRecord = Record<string, number | boolean | number[]>;

/** The functions of a world file, and what makes its records. */
export interface WorldFunctions {
  sampleDocument(document: WorldRecord, draws: Draws): void;
  sampleUser(user: WorldRecord, draws: Draws): void;
  score(user: WorldRecord, document: WorldRecord): number;
  respond(user: WorldRecord, document: WorldRecord, isClicked: boolean, response: WorldRecord, draws: Draws): void;
  transition(user: WorldRecord, document: WorldRecord, response: WorldRecord, draws: Draws): void;
  transitionWithoutClick?(user: WorldRecord, draws: Draws): void;
  reward(response: WorldRecord): number;
  isTerminal?(user: WorldRecord): boolean;
  rank?(document: WorldRecord): number;
  observeUser?(user: WorldRecord, observation: WorldRecord, draws: Draws): void;
  observeDocument?(document: WorldRecord, observation: WorldRecord): void;
  measure?(
    user: WorldRecord,
    document: WorldRecord,
    response: WorldRecord,
    isClicked: boolean,
    metrics: WorldRecord,
  ): void;
  Document(): WorldRecord;
  User(): WorldRecord;
  Response(): WorldRecord;
  UserObservation?(): WorldRecord;
  DocumentObservation?(): WorldRecord;
  Metrics?(): WorldRecord;
  copyUser(user: WorldRecord): WorldRecord;
}

/** Records of a world by their roles. */
export interface ProgramRecords {
  readonly Document: RecordType;
  readonly User: RecordType;
  readonly Response: RecordType;
  readonly Parameters?: RecordType;
  readonly UserObservation?: RecordType;
  readonly DocumentObservation?: RecordType;
  readonly Metrics?: RecordType;
}

/** A compiled world file: what `slatesim build` writes, and `compiledWorld` makes a world of. */
export interface CompiledProgram {
  /** Version of this format. */
  readonly slatesimProgram: number;
  /** Version of the random streams that the kernel draws from. */
  readonly streamVersion: number;
  readonly name: string;
  /** SHA-256 of the world file, in hexadecimal digits. */
  readonly sourceSha256: string;
  readonly slateSize: number;
  readonly numCandidates: number;
  /** Steps after which every episode ends; null for none. */
  readonly timeBudget: number | null;
  /** When candidates are drawn anew: at every step, once per user, or once per seed for all users. */
  readonly resample: Resample;
  readonly choice: ChoiceForm;
  readonly records: ProgramRecords;
  /** SHA-256 of the kernel, in hexadecimal digits. */
  readonly kernelSha256: string;
  /** The kernel, two hexadecimal digits a byte, or what loads it. */
  readonly kernel: string | (() => Promise<string>);
  /** The functions of the world in TypeScript's reading: the reference. */
  readonly functions: (
    library: typeof LIBRARY,
    parameters: Readonly<Record<string, number | boolean>>,
  ) => WorldFunctions;
}

/** What to change of a compiled world; all else is as its file says. */
export interface CompiledWorldOptions {
  /** Values of its class `Parameters`, by name. */
  readonly parameters?: Readonly<Record<string, number | boolean>>;
  /** Documents on a slate: an integer in [1, numCandidates]. */
  readonly slateSize?: number;
  /** Documents to choose a slate from: an integer in [slateSize, 32768]. */
  readonly numCandidates?: number;
}

/** Whether a value says that it is a compiled world file, of whatever version. */
export function isProgram(value: unknown): value is CompiledProgram {
  return typeof value === "object" && value !== null && "slatesimProgram" in value;
}

/** Refuses a program that another version of slatesim made. */
export function checkProgram({ slatesimProgram, streamVersion: found }: CompiledProgram, streamVersion: number): void {
  const again = ": build the world file again";
  refuse([
    slatesimProgram === PROGRAM_FORMAT
      ? undefined
      : `${expectedMistake("slatesimProgram", `format ${PROGRAM_FORMAT}`, slatesimProgram)}${again}`,
    found === streamVersion ? undefined : `${expectedMistake("streamVersion", String(streamVersion), found)}${again}`,
  ]);
}
