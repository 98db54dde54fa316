import { closeSync, readSync } from "node:fs";
import { join } from "node:path";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { expectedMistake } from "../check/mistakes.js";
import { fileLines, type FileLine } from "../files/fileLines.js";
import { openToRead } from "../files/readWhole.js";
import { seal, sha256, unseal, type SealedFormat } from "../files/sealedText.js";
import type { StudyIdentity } from "../studies/blockStore.js";
import type { Settings } from "../train/index.js";

/** The sealed header of a shard, below which there is a line for each chunk or replication, with a checksum of its own: blocks need not fit into memory. */
const SHARD: SealedFormat = { name: "slatesim shard", version: 1 };
const CHECKSUM_CHARACTERS = 64;

/** Which of the shards a file is. */
export interface ShardPlace {
  /** From 0 on. */
  readonly shard: number;
  readonly shards: number;
  /** From 1 on, beside a precision only. */
  readonly round?: number;
}

/** What a shard says of itself. */
export interface ShardHeader extends ShardPlace {
  /** Version of the package. */
  readonly version: string;
  /** Users of a round, beside a precision only. */
  readonly roundUsers?: number;
  /** Users of each study; the most beside a precision. Of replications their number. */
  readonly users: number;
  /** Words of the command that the shard is a part of; null for a call of the API. */
  readonly command: readonly string[] | null;
  readonly studies: readonly StudyIdentity[];
  /** Settings of replications, which have no studies. */
  readonly training?: Settings;
  /** Index of the study, first user and number of users of each chunk; of each replication 0, its number, and 1. */
  readonly chunks: readonly (readonly [study: number, firstUser: number, users: number])[];
}

/** A shard that is whole. */
export interface Shard {
  readonly path: string;
  readonly header: ShardHeader;
  /** Where the line of each chunk is, in bytes. */
  readonly lines: readonly { readonly offset: number; readonly length: number }[];
}

/** A file that is no shard, or a shard that is damaged and is to be simulated again. */
export interface Unreadable {
  readonly mistake: string;
  readonly isForeign: boolean;
}

const NAME = /^shard-(\d{5})-of-(\d{5})(?:-round-(\d{5}))?$/;

export function shardName({ shard, shards, round }: ShardPlace): string {
  return `shard-${digits(shard)}-of-${digits(shards)}${round === undefined ? "" : `-round-${digits(round)}`}`;
}

function digits(number: number): string {
  return String(number).padStart(5, "0");
}

/** Returns what the name of a file says; undefined for the names of other files. */
export function placeOfName(name: string): ShardPlace | undefined {
  const [, shard, shards, round] = NAME.exec(name) ?? [];
  if (shard === undefined) return undefined;
  return { shard: Number(shard), shards: Number(shards), ...(round !== undefined && { round: Number(round) }) };
}

export function headerLines(header: ShardHeader): Uint8Array {
  return seal(SHARD, `${encodeJson(header as unknown as Json, "shard")}\n`);
}

/** Returns the line of a chunk or a replication. */
export function sealedLine(content: Json): string {
  const text = encodeJson(content, "content");
  return `${sha256(text)} ${text}\n`;
}

/** Reads a shard, and holds every line to its checksum; undefined if there is no file. Throws `InvalidInput` for what is no file. */
export function readShard(folder: string, name: string): Shard | Unreadable | undefined {
  const path = join(folder, name);
  const handle = openToRead("file", path);
  if (handle === undefined) return undefined;
  try {
    return shardIn(path, fileLines(handle));
  } finally {
    closeSync(handle);
  }
}

function shardIn(path: string, found: Generator<FileLine>): Shard | Unreadable {
  const [first, second] = [found.next().value as FileLine | undefined, found.next().value as FileLine | undefined];
  const opened = unseal(SHARD, path, Buffer.concat([asLine(first), asLine(second)]));
  if ("mistake" in opened)
    return { mistake: opened.mistake, isForeign: first !== undefined && !isOfFormat(first.bytes) };
  const header = decodeJson(opened.body) as unknown as ShardHeader;
  const lines: { offset: number; length: number }[] = [];
  for (const { offset, bytes } of found) {
    if (textIn(bytes) !== undefined) lines.push({ offset, length: bytes.length });
  }
  if (lines.length === header.chunks.length) return { path, header, lines };
  return {
    mistake: expectedMistake(path, `${header.chunks.length} chunks that are whole`, lines.length),
    isForeign: false,
  };
}

function asLine(line: FileLine | undefined): Buffer {
  return line === undefined ? Buffer.alloc(0) : Buffer.concat([line.bytes, Buffer.from("\n")]);
}

function isOfFormat(bytes: Buffer): boolean {
  return bytes.toString("latin1").startsWith(`${SHARD.name} ${SHARD.version} `);
}

/** Returns the text of a line whose checksum is right. */
function textIn(line: Buffer): Buffer | undefined {
  const text = line.subarray(CHECKSUM_CHARACTERS + 1);
  return sha256(text) === line.toString("latin1", 0, CHECKSUM_CHARACTERS) ? text : undefined;
}

/** Reads the line of the chunk or replication at that place in the header. Throws if the file is no longer what it was. */
export function readLine({ path, lines }: Shard, place: number): Json {
  const { offset, length } = lines[place]!;
  const line = Buffer.alloc(length);
  const handle = openToRead("file", path);
  if (handle !== undefined) {
    try {
      readSync(handle, line, 0, length, offset);
    } finally {
      closeSync(handle);
    }
  }
  const text = textIn(line);
  if (text === undefined) throw new Error(`${JSON.stringify(path)} was changed while it was read`);
  return decodeJson(text.toString());
}
