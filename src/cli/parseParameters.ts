import { expectedMistake } from "../check/mistakes.js";
import { parseNumber } from "../check/parseNumber.js";
import { isDistributionText, parseDistribution } from "./distributionText.js";

export interface ParsedParameters {
  /** Unchecked names and values; the scenario validates them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mistakes: string[];
}

/** Reads the `name=value` texts of a flag: numbers, words, distributions, and JSON for lists and objects. */
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

/** Parameters that are lists or objects. */
const IN_JSON = new Set(["documents", "users"]);

/** Returns a number, a truth value, a distribution, or the text itself, for which the scenario's message then states the rule. */
function readValue(name: string, text: string, mistakes: string[]): unknown {
  if (IN_JSON.has(name) || text.startsWith("{")) return readJson(name, text, mistakes);
  if (text === "true" || text === "false") return text === "true";
  return isDistributionText(text) ? parseDistribution(name, text, mistakes) : (parseNumber(text) ?? text);
}

function readJson(name: string, text: string, mistakes: string[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    mistakes.push(expectedMistake(name, "JSON", text));
    return undefined; // as if omitted, so that it is not reported twice
  }
}
