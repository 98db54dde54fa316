import type { RemoteWorkers } from "../index.js";
import type { ShardSimulation } from "../records/index.js";
import type { FlagTable } from "./flag.js";

/** A positional argument, as in `slatesim lock FILE`. */
export interface Operand {
  readonly name: string;
  readonly help: string;
  /** What is expected where it is missing. Default: a path. */
  readonly rule?: string;
}

/** The queue by whose workers a command simulates, and what is wrong with its flags. */
export interface QueueChoice {
  readonly workers: RemoteWorkers;
  readonly mistakes: readonly string[];
}

/** Does a simulation in shards: writes one, and returns undefined, or merges them all to the result. */
export type ThroughShards = <Result extends object>(simulation: ShardSimulation<Result>) => Promise<Result | undefined>;

/** Where a command simulates, if not in this process alone. */
export interface Route {
  readonly queue?: QueueChoice;
  readonly through?: ThroughShards;
}

/** Flags and action of a command. */
export interface Command {
  readonly flags: FlagTable;
  readonly operand?: Operand;
  /**
   * Takes the words after the command, prints the result. Throws `InvalidInput` before any work is done. Some commands can take
   * a route; they print nothing where there is no result.
   */
  readonly execute: (words: readonly string[], route?: Route) => Promise<void>;
}

/** Entry in the list of commands; `load` imports the rest, because that takes longer than many a command. */
export interface Entry {
  readonly name: string;
  /** One sentence for the list of commands, without its full stop. */
  readonly summary: string;
  readonly example: string;
  readonly load: () => Promise<Command>;
}
