import { expectedMistake } from "../check/mistakes.js";
import { parseNumber } from "./parseNumber.js";

export interface ParsedParameters {
  /** Unchecked names and values; the scenario validates them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mistakes: string[];
}

/** Reads the `name=value` texts of a flag: numbers, words, and JSON for a list of documents. */
export function parseParameters(texts: readonly string[], flag = "--param"): ParsedParameters {
  const mistakes: string[] = [];
  const values = new Map<string, unknown>();
  for (const text of texts) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) mistakes.push(expectedMistake(flag, "name=value", text));
    else if (values.has(name)) mistakes.push(`"${flag} ${name}" expected once, got it again`);
    else values.set(name, readValue(name, value, mistakes));
  }
  return { parameters: Object.fromEntries(values), mistakes };
}

/** Returns a number, or the text itself, for which the scenario's message then states the rule. */
function readValue(name: string, text: string, mistakes: string[]): unknown {
  return name === "documents" ? readJson(name, text, mistakes) : (parseNumber(text) ?? text);
}

function readJson(name: string, text: string, mistakes: string[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    mistakes.push(expectedMistake(name, "JSON", text));
    return null; // as if omitted, so that it is not reported twice
  }
}
