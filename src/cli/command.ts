import type { FlagTable } from "./flags.js";

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly example: string;
  readonly flags: FlagTable;
  /** What stands before all flags, as in `slatesim lock <file>`. */
  readonly operand?: string;
  /** Takes the words after the command, prints the result. Throws `InvalidInput` before any work is done. */
  readonly execute: (words: readonly string[]) => Promise<void>;
}
