import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { sha256 } from "../files/sealedText.js";

type Fields = Readonly<Record<string, unknown>>;

/** A lock as JSON: a line for every field, block and life, so that two versions of it can be read side by side. */
export function lockText(fields: Fields): string {
  const { blocks, lives, sha256: _earlier, ...head } = fields;
  const sum = lockSum(fields);
  const headLines = encodeJson(head as Json, "lock", 2).slice(0, -2);
  return `${headLines},\n  "blocks": [\n${list(blocks)}\n  ],\n  "lives": [\n${list(lives)}\n  ],\n  "sha256": "${sum}"\n}\n`;
}

function list(items: unknown): string {
  return (items as readonly Json[]).map((item) => `    ${encodeJson(item, "lock")}`).join(",\n");
}

/** Over all fields but the checksum itself, as values: spaces, line ends and the order of the fields are nobody's promise. */
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
