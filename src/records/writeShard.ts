import { join } from "node:path";
import type { Json } from "../check/json.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { folderMistake, holdsNothing, makeFolder } from "../files/folder.js";
import { packageVersion } from "../files/version.js";
import { removePartialsOf, WholeFile } from "../files/wholeFile.js";
import { CHUNK_USERS, type UserRange } from "../statistics/blocks.js";
import type { ReplicationPart, Settings } from "../train/index.js";
import { PartIsStored, type StudiesPart, type WholeStudies } from "../studies/blockStore.js";
import { encodeBlocks } from "./encodeBlocks.js";
import { headerLines, readShard, sealedLine, shardName, type ShardHeader } from "./shardFile.js";
import { shardNames, workMistakes } from "./shardFolder.js";
import {
  DEFAULT_ROUND_USERS,
  shardOptionsOnce,
  simulationMistake,
  type ShardOptions,
  type ShardSimulation,
} from "./shardOptions.js";

/** A shard on disk. */
export interface WrittenShard {
  readonly path: string;
  /** Users that the shard holds, those of all studies together; 0 if there are more shards than chunks, and for replications. */
  readonly users: number;
  /** Replications that it holds, where the work is one of `replicate`. */
  readonly replications?: number;
  /** Whether it was there already, so that nothing was simulated. */
  readonly wasThere: boolean;
}

/**
 * Simulates one of several parts of the work of `simulate`, `compare`, `sweep` or `replicate`, and writes its finished blocks to a file in the folder,
 * whole or not at all. Parts are whole chunks of 16,384 users, or whole replications; `mergeShards` makes the result of them all. A file that is there is
 * kept, one that is damaged is replaced. `simulation` calls the function with the options that it is given beside its own, the same for
 * all shards but for `workers`. Rejects with `InvalidInput`, and changes nothing, if the folder has files of other work.
 */
export async function writeShard(
  folder: string,
  options: ShardOptions,
  simulation: ShardSimulation<unknown>,
): Promise<WrittenShard> {
  const read = shardOptionsOnce(options);
  refuse([folderMistake(folder), simulationMistake(simulation)]);
  const writer = new ShardWriter(folder, read);
  try {
    const openReplications = (settings: Settings): ReplicationPart => writer.openReplications(settings);
    await simulation({ store: { open: refuseWhole, openPart: (studies) => writer.open(studies), openReplications } });
  } catch (error) {
    if (error instanceof PartIsStored) return writer.finish();
    writer.abandon();
    throw error;
  }
  return refuseWhole();
}

function refuseWhole(): never {
  const rule = "a call of simulate, compare, sweep or replicate with the options that it is given";
  refuse([expectedMistake("simulation", rule, "a function that ends without it")]);
  throw new PartIsStored();
}

/** Writes one shard. */
class ShardWriter {
  private readonly folder: string;
  private readonly options: ShardOptions;
  private written: WrittenShard | undefined;
  private file: WholeFile | undefined;

  constructor(folder: string, options: ShardOptions) {
    this.folder = folder;
    this.options = options;
  }

  /** Returns the chunks that are to be simulated. Refuses other work's files before any change. */
  open(studies: WholeStudies): StudiesPart {
    const header = headerOf(studies, this.options);
    if (this.begin(header)) return { chunks: [], write: () => {} };
    const chunks = header.chunks.map(([study, firstUser, users]) => ({ study, firstUser, users }));
    return { chunks, write: (_chunk, blocks) => this.file!.append(sealedLine(encodeBlocks(blocks))) };
  }

  /** Returns the replications that are to be run. Refuses other work's files before any change. */
  openReplications(training: Settings): ReplicationPart {
    const users = training["replications"] as number;
    const chunks = Array.from({ length: users }, (_, place) => ({ study: 0, firstUser: place + 1, users: 1 }));
    const header = { ...headerOf({ identities: [], chunks, users, endsEarly: false }, this.options), training };
    if (this.begin(header)) return { numbers: [], write: () => {} };
    const numbers = header.chunks.map(([, number]) => number);
    return { numbers, write: (replication) => this.file!.append(sealedLine({ ...replication } as unknown as Json)) };
  }

  /** Begins the file, and returns whether the shard is there already. */
  private begin(header: ShardHeader): boolean {
    const name = shardName(header);
    const wasThere = this.isThere(header, name);
    const path = join(this.folder, name);
    const held = header.chunks.reduce((sum, [, , users]) => sum + users, 0);
    const extent = header.training === undefined ? { users: held } : { users: 0, replications: held };
    this.written = { path, ...extent, wasThere };
    if (wasThere) return true;
    makeFolder(this.folder);
    removePartialsOf(path);
    this.file = new WholeFile(path);
    this.file.append(headerLines(header));
    return false;
  }

  finish(): WrittenShard {
    try {
      this.file?.finish();
    } catch (error) {
      this.abandon();
      throw error;
    }
    return this.written!;
  }

  abandon(): void {
    this.file?.abandon();
  }

  /** Returns whether the shard is there and whole. Looks into one other shard, too: hundreds may begin at the same moment. */
  private isThere(header: ShardHeader, name: string): boolean {
    if (holdsNothing(this.folder)) return false;
    const names = shardNames(this.folder);
    if (names.length === 0) refuse([expectedMistake("out", "an empty folder, or one of shards", this.folder)]);
    const other = names.find((each) => each !== name);
    const [own, beside] = [name, other].map((each) => each && readShard(this.folder, each));
    for (const found of [own, beside]) {
      if (!found) continue;
      if ("header" in found) refuse(workMistakes(found, header, "as asked for"));
      else refuse([found.isForeign ? found.mistake : undefined]);
    }
    return typeof own === "object" && "header" in own;
  }
}

/** Returns the header of a shard: of all chunks, or those of its round, part `shard` of `shards`, as even as whole chunks are. */
function headerOf({ identities, chunks, users, endsEarly }: WholeStudies, options: ShardOptions): ShardHeader {
  const { shard, shards, round = 1, roundUsers = DEFAULT_ROUND_USERS, command = null } = options;
  const needless = endsEarly ? [] : (["round", "roundUsers"] as const).filter((name) => options[name] !== undefined);
  refuse(needless.map((name) => expectedMistake(name, "nothing without a precision", options[name])));
  const perRound = Math.ceil(roundUsers / CHUNK_USERS) * CHUNK_USERS;
  const roundOf = ({ firstUser }: UserRange): number => 1 + Math.floor((firstUser - chunks[0]!.firstUser) / perRound);
  const ofRound = endsEarly ? chunks.filter((chunk) => roundOf(chunk) === round) : chunks;
  const at = (place: number): number => Math.floor((place * ofRound.length) / shards);
  const own = ofRound.slice(at(shard), at(shard + 1));
  return {
    version: packageVersion(),
    shard,
    shards,
    ...(endsEarly && { round, roundUsers: perRound }),
    users,
    command,
    studies: identities,
    chunks: own.map(({ study, firstUser, users: count }) => [study, firstUser, count] as const),
  };
}
