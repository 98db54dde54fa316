import type { ShardPlace } from "./shardFile.js";
import { readShardFolder, type ShardFolder } from "./shardFolder.js";

/** The shards of one round; of all work without a precision. */
export interface ShardRound {
  /** From 1 on; absent without a precision. */
  readonly round?: number;
  /** Numbers of the shards that are there and whole, that are there but damaged, and that are not there. */
  readonly present: readonly number[];
  readonly damaged: readonly number[];
  readonly missing: readonly number[];
}

/** What a folder of shards has. */
export interface ShardStatus {
  /** Words that the shards were written with, if any. */
  readonly command?: readonly string[];
  /** Number of shards that the work is split into. */
  readonly shards: number;
  /** Users of the whole work, in each of its worlds and seeds; the most beside a precision. Absent if no shard is whole, and for replications. */
  readonly users?: number;
  /** Replications of the whole work, where it is one of `replicate`. */
  readonly replications?: number;
  /** From the first to the last of which there is a file. */
  readonly rounds: readonly ShardRound[];
  /** Errors of files that belong to other work, for which `mergeShards` refuses the folder. */
  readonly foreign: readonly string[];
  /** Whether nothing is missing, damaged or foreign. Beside a precision, more rounds may be needed all the same. */
  readonly complete: boolean;
}

/** Returns which shards a folder has. Throws `InvalidInput` if it has none. */
export function shardStatus(folder: string): ShardStatus {
  return statusOf(readShardFolder(folder));
}

/** Returns the status of a folder that was read. */
export function statusOf({ whole, damaged, foreign }: ShardFolder): ShardStatus {
  const header = whole[0]?.header;
  const places = [...whole.map((shard) => shard.header), ...damaged.map(({ place }) => place)];
  const shards = header?.shards ?? places[0]?.shards ?? 0;
  const last = Math.max(1, ...places.map(({ round = 1 }) => round));
  const rounds = Array.from({ length: last }, (_, place): ShardRound => {
    const inRound = (each: ShardPlace): boolean => (each.round ?? 1) === place + 1 && each.shards === shards;
    const present = whole.filter((shard) => inRound(shard.header)).map((shard) => shard.header.shard);
    const bad = damaged.filter((shard) => inRound(shard.place)).map((shard) => shard.place.shard);
    const there = new Set([...present, ...bad]);
    const missing = Array.from({ length: shards }, (_each, shard) => shard).filter((shard) => !there.has(shard));
    const hasRounds = places.some(({ round }) => round !== undefined);
    return { ...(hasRounds && { round: place + 1 }), present, damaged: bad, missing };
  });
  return {
    ...(header?.command && { command: header.command }),
    shards,
    ...(header && { [header.training === undefined ? "users" : "replications"]: header.users }),
    rounds,
    foreign,
    complete: foreign.length === 0 && rounds.every((each) => each.damaged.length + each.missing.length === 0),
  };
}
