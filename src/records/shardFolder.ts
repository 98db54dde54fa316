import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { isName, statsOf } from "../files/place.js";
import { placeOfName, readShard, shardName, type Shard, type ShardHeader, type ShardPlace } from "./shardFile.js";
import { fieldMistakes, studyMistakes } from "./studyMistakes.js";

/** A shard that is there, but damaged. */
export interface DamagedShard {
  readonly place: ShardPlace;
  readonly mistake: string;
}

/** The shards in a folder, in the order of their names. */
export interface ShardFolder {
  readonly whole: readonly Shard[];
  readonly damaged: readonly DamagedShard[];
  /** Errors of files that do not belong to the others. */
  readonly foreign: readonly string[];
}

/** Reads all shards in a folder; other files are left alone. Throws `InvalidInput` if there is none. */
export function readShardFolder(folder: unknown): ShardFolder {
  if (!isName(folder) || statsOf(folder)?.isDirectory() !== true)
    refuse([expectedMistake("folder", "a folder of shards", folder)]);
  const path = folder as string;
  const names = shardNames(path);
  if (names.length === 0) refuse([expectedMistake("folder", "a folder of shards", path)]);
  const read = names.map((name) => ({ place: placeOfName(name)!, found: readShard(path, name) }));
  const whole = read.flatMap(({ found }) => (found !== undefined && "header" in found ? [found] : []));
  const unreadable = read.flatMap(({ place, found }) =>
    found !== undefined && "mistake" in found ? [{ place, ...found }] : [],
  );
  return {
    whole,
    damaged: unreadable.filter(({ isForeign }) => !isForeign),
    foreign: [
      ...unreadable.filter(({ isForeign }) => isForeign).map(({ mistake }) => mistake),
      ...whole.flatMap((shard) => nameMistakes(path, shard)),
      ...whole.slice(1).flatMap((shard) => strangerMistakes(shard, whole[0]!)),
    ],
  };
}

/** Returns the names of the shards in a folder, in order. */
export function shardNames(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => placeOfName(name) !== undefined);
  return names.toSorted((a, b) => (a < b ? -1 : 1));
}

/** Returns an error if a file has another shard's name. */
function nameMistakes(folder: string, { path, header }: Shard): string[] {
  const own = join(folder, shardName(header));
  return own === path ? [] : [expectedMistake(path, `the name ${shardName(header)}, of what it holds`, path)];
}

/** Compares the work that a shard is a part of with that of the first shard in the folder. */
function strangerMistakes(shard: Shard, first: Shard): string[] {
  return workMistakes(shard, first.header, `as in ${shardName(first.header)}`);
}

/** Compares the work that a shard is a part of with the one that is wanted, field by field. */
export function workMistakes({ path, header }: Shard, wanted: ShardHeader, source: string): string[] {
  const studies = wanted.studies.flatMap((identity, place) => {
    const found = header.studies[place];
    const field = wanted.studies.length === 1 ? path : `${path}: studies[${place}]`;
    return found === undefined ? [] : studyMistakes(field, found, identity, source);
  });
  const training = fieldMistakes(path, header.training ?? {}, wanted.training ?? {}, source);
  return [...fieldMistakes(path, workOf(header), workOf(wanted), source), ...training, ...studies];
}

/** Returns the fields that all shards of one work have in common. */
function workOf({ version, shards, round, roundUsers, users, command, studies }: ShardHeader) {
  return {
    version,
    shards,
    precision: round !== undefined,
    roundUsers,
    users,
    command: command?.join(" "),
    "number of studies": studies.length,
  };
}
