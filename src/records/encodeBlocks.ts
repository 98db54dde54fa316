import type { Json } from "../check/json.js";
import type { CountedSums } from "../statistics/runTotals.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { digestText } from "../statistics/userDigest.js";

/** Converts blocks to plain data: lists for typed arrays, 16 hexadecimal digits for digests. */
export function encodeBlocks(blocks: readonly StudyBlock[]): readonly Json[] {
  return blocks.map((block) => plainData(block));
}

/** Converts plain data to blocks; their typed arrays stay lists. */
export function decodeBlocks(blocks: readonly Json[]): readonly StudyBlock[] {
  return (blocks as unknown as readonly StudyBlock[]).map(({ users, variants, pairs }) => {
    return { users, variants: variants.map(withDigest), pairs };
  });
}

function withDigest(totals: CountedSums): CountedSums {
  return Object.assign(totals, { digest: BigInt(`0x${totals.digest}`) });
}

/** Converts typed arrays to lists, digests to hexadecimal digits; everything else has to be plain data. */
export function plainData(value: unknown): Json {
  return plain(value) as Json;
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return digestText(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}
