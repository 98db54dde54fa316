import type { FlagTable } from "./flags.js";

/** What a command understands and does. */
export interface Command {
  readonly flags: FlagTable;
  /** What stands before all flags, as in `slatesim lock <file>`. */
  readonly operand?: string;
  /** Takes the words after the command, prints the result. Throws `InvalidInput` before any work is done. */
  readonly execute: (words: readonly string[]) => Promise<void>;
}

/** What the list of commands says about one, and where the rest is: loading it takes longer than many a command. */
export interface Entry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly example: string;
  readonly load: () => Promise<Command>;
}
