import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { sha256 } from "../files/sealedText.js";

type Fields = Readonly<Record<string, unknown>>;

/** Returns a lock as JSON: a line for every field, block and episode, so that two versions can be compared line by line. */
export function lockText(fields: Fields): string {
  const { blocks, lives, sha256: _earlier, ...head } = fields;
  const sum = lockSum(fields);
  const headLines = encodeJson(head as Json, "lock", 2).slice(0, -2);
  return `${headLines},\n  "blocks": [\n${list(blocks)}\n  ],\n  "lives": [\n${list(lives)}\n  ],\n  "sha256": "${sum}"\n}\n`;
}

function list(items: unknown): string {
  return (items as readonly Json[]).map((item) => `    ${encodeJson(item, "lock")}`).join(",\n");
}

/** Returns the checksum over all other fields, as values: spaces, line ends and the order of the fields do not count. */
export function lockSum({ sha256: _sum, ...fields }: Fields): string {
  try {
    return sha256(encodeJson(sorted(fields as Json), "lock"));
  } catch (error) {
    if (error instanceof RangeError) refuse([expectedMistake("lock", "data without circles", fields)]);
    throw error;
  }
}

function sorted(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  const named = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(named.map(([name, part]) => [name, sorted(part)]));
}
