import type { RemoteWorkers } from "../index.js";
import type { FlagTable } from "./flag.js";

/** A positional argument, as in `slatesim lock FILE`. */
export interface Operand {
  readonly name: string;
  readonly help: string;
}

/** The queue by whose workers a command simulates, and what is wrong with its flags. */
export interface QueueChoice {
  readonly workers: RemoteWorkers;
  readonly mistakes: readonly string[];
}

/** Flags and action of a command. */
export interface Command {
  readonly flags: FlagTable;
  readonly operand?: Operand;
  /** Takes the words after the command, prints the result. Throws `InvalidInput` before any work is done. */
  readonly execute: (words: readonly string[], queue?: QueueChoice) => Promise<void>;
}

/** Entry in the list of commands; `load` imports the rest, because that takes longer than many a command. */
export interface Entry {
  readonly name: string;
  /** One sentence for the list of commands, without its full stop. */
  readonly summary: string;
  readonly example: string;
  readonly load: () => Promise<Command>;
}
