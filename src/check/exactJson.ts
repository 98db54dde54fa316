import { InvalidInput } from "./invalidInput.js";
import { isPlainRecord, type Json } from "./json.js";
import { isArray } from "./lists.js";
import { expectedMistake } from "./mistakes.js";
import { MAX_DEPTH } from "./plainOnce.js";
import { refuse } from "./refuse.js";

/**
 * JSON that keeps every double: NaN, the infinities and -0 are written as the texts "NaN", "Infinity", "-Infinity" and
 * "-0". A text that reads like one of them gets an apostrophe more in front, and loses it when it is read.
 */
const NUMBERS: Readonly<Record<string, number>> = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };
const LIKE_NUMBER = /^'*(?:NaN|-?Infinity|-0)$/;

/** Returns the text of plain data. Throws `InvalidInput`, under the name of `field`, for anything else. */
export function encodeJson(value: Json, field: string, indent?: number): string {
  return JSON.stringify(encode(value, field), null, indent);
}

/** Returns the error of `encodeJson` for the value, undefined for plain data. */
export function plainDataMistake(field: string, value: unknown): string | undefined {
  try {
    encode(value, field);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
}

/** Decodes a text of `encodeJson`. */
export function decodeJson(text: string): Json {
  return JSON.parse(text, (_key, value: unknown) => (typeof value === "string" ? decodeText(value) : value)) as Json;
}

function encode(value: unknown, field: string, depth = 0): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") return LIKE_NUMBER.test(value) ? `'${value}` : value;
  if (depth > MAX_DEPTH) refuse([expectedMistake(field, `at most ${MAX_DEPTH} levels of plain data`, value)]);
  if (isArray(value)) return Array.from(value, (item) => encode(item, field, depth + 1));
  if (!isPlainRecord(value)) refuse([expectedMistake(field, "plain data", value)]);
  return Object.fromEntries(
    Object.entries(value as object).map(([name, part]) => [name, encode(part, field, depth + 1)]),
  );
}

function encodeNumber(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

function decodeText(text: string): number | string {
  if (Object.hasOwn(NUMBERS, text)) return NUMBERS[text]!;
  return LIKE_NUMBER.test(text) ? text.slice(1) : text;
}
