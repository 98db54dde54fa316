import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { CHUNK_USERS } from "../statistics/blocks.js";
import type { BlockStore } from "../studies/blockStore.js";
import type { ReplicationStore } from "../train/index.js";

/** Which part of the work a process does. */
export interface ShardOptions {
  /** Number of the shard: an integer in [0, shards). */
  readonly shard: number;
  /** Number of shards that the work is split into: an integer in [1, 99999]. Those that no chunk of users, or no replication, is left for are empty. */
  readonly shards: number;
  /** Number of the round, beside a precision only: an integer in [1, 99999]. Default: 1. */
  readonly round?: number;
  /**
   * Users of a round, beside a precision only, in all shards together: an integer in [1, 2^32 - 1], rounded up to a multiple of
   * 16,384. The same in all rounds. Default: 1,048,576.
   */
  readonly roundUsers?: number;
  /** Words that say what is simulated, for `shardStatus` and for the command line. They must be the same for all shards. */
  readonly command?: readonly string[];
}

/** Options that a simulation is called with by `writeShard` and `mergeShards`: it hands them on, beside its own. */
export interface ShardControl {
  readonly store: BlockStore & ReplicationStore;
  readonly workers?: 1;
  readonly maxUsers?: number;
}

/** A call of `simulate`, `compare`, `sweep` or `replicate` with the options of the control beside its own. */
export type ShardSimulation<Result> = (control: ShardControl) => Promise<Result>;

const OPTION_NAMES = ["shard", "shards", "round", "roundUsers", "command"];
const MOST = 99_999;
export const DEFAULT_ROUND_USERS = 64 * CHUNK_USERS;

/** Reads the options once. Throws `InvalidInput`. */
export function shardOptionsOnce(given: ShardOptions): ShardOptions {
  const options = readOnce("options", given, OPTION_NAMES);
  refuse(shardOptionMistakes(options));
  return options;
}

/** Returns the errors of options that were read. */
export function shardOptionMistakes(options: ShardOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { shard, shards, round, roundUsers, command } = options;
  const noShards = numberMistake("shards", shards, { min: 1, max: MOST, integer: true });
  const max = noShards === undefined ? shards - 1 : MOST - 1;
  const isWords = isArray(command) && command.every((word) => typeof word === "string");
  return [
    ...unknownFieldMistakes("option of a shard", options, OPTION_NAMES),
    numberMistake("shard", shard, { min: 0, max, integer: true }),
    noShards,
    round === undefined ? undefined : numberMistake("round", round, { min: 1, max: MOST, integer: true }),
    roundUsers === undefined
      ? undefined
      : numberMistake("roundUsers", roundUsers, { min: 1, max: 2 ** 32 - 1, integer: true }),
    command === undefined || isWords ? undefined : expectedMistake("command", "a list of words", command),
  ];
}

/** Returns an error unless the simulation can be called. */
export function simulationMistake(simulation: unknown): string | undefined {
  return typeof simulation === "function" ? undefined : expectedMistake("simulation", "a function", simulation);
}
