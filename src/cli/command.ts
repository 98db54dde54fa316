import type { FlagTable } from "./flag.js";

/** A word that stands for itself, as in `slatesim lock FILE`. */
export interface Operand {
  readonly name: string;
  readonly help: string;
}

/** What a command understands and does. */
export interface Command {
  readonly flags: FlagTable;
  readonly operand?: Operand;
  /** Takes the words after the command, prints the result. Throws `InvalidInput` before any work is done. */
  readonly execute: (words: readonly string[]) => Promise<void>;
}

/** What the list of commands says about one, and where the rest is: loading it takes longer than many a command. */
export interface Entry {
  readonly name: string;
  /** One sentence for the list of commands, without its full stop. */
  readonly summary: string;
  readonly example: string;
  readonly load: () => Promise<Command>;
}
