import { escapeInLines } from "../check/escapeControls.js";

/** Names of inputs; values below them must be readable without loss. */
const INPUTS: ReadonlySet<string> = new Set(["parameters", "worldChanges"]);
/** Stands for -0 until the document is a text: JSON has such a number, and `JSON.stringify` writes it as 0. */
const NEGATIVE_ZERO = "\0-0";

/**
 * Returns a value as one indented JSON document, lists of numbers on one line, safe to print.
 * NaN, and an infinite statistic, is null: there is no such number. The infinities of parameters are the texts "Infinity"
 * and "-Infinity", which the scenarios take back; -0 keeps its sign in parameters, as it makes another world than 0.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, keepInputs, 2).replaceAll(JSON.stringify(NEGATIVE_ZERO), "-0");
  // A list without quotes or brackets in it holds numbers only; JSON strings never hold a line break, so they stay.
  return escapeInLines(text.replace(/\[[^[\]{}"]*\]/g, joinLines));
}

/** JSON.stringify itself writes null for what is not finite. */
function keepInputs(name: string, value: unknown): unknown {
  return INPUTS.has(name) ? JSON.parse(JSON.stringify(value, keepNumber) ?? "null") : value;
}

function keepNumber(_name: string, value: unknown): unknown {
  if (Object.is(value, -0)) return NEGATIVE_ZERO;
  return value === Infinity || value === -Infinity ? String(value) : value;
}

function joinLines(list: string): string {
  return list
    .replace(/\[\s*\n\s*/, "[")
    .replace(/\s*\n\s*\]/, "]")
    .replace(/,\s*\n\s*/g, ", ");
}
