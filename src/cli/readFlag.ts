import { expectedMistake } from "../check/mistakes.js";
import type { Flag } from "./flags.js";
import { parseNumber } from "./parseNumber.js";
import { readSeed } from "./readSeed.js";

/** What stood behind each occurrence of one flag on the command line: empty or undefined when nothing did. */
type Given = readonly (string | undefined)[];

type FlagValue = string | number | boolean | readonly string[] | undefined;

/** The value of one flag. What is wrong is added to `mistakes`, and the default stands in for it. */
export function readFlag(name: string, flag: Flag, given: Given, mistakes: string[]): FlagValue {
  if (flag.type === "switch") return readSwitch(name, given, mistakes);
  const texts = given.filter((text): text is string => text !== undefined && text !== "");
  if (texts.length < given.length) mistakes.push(`"--${name}" expected a value, got nothing`);
  if (flag.type === "list") return texts;
  if (given.length > 1) mistakes.push(`"--${name}" expected once, got ${given.length} times`);
  const [text] = texts;
  if (text === undefined) return flag.default;
  if (flag.type === "seed") return readSeed(text);
  return flag.type === "number" ? (readNumber(name, text, mistakes) ?? flag.default) : text;
}

function readSwitch(name: string, given: Given, mistakes: string[]): boolean {
  const value = given.find((text) => text !== undefined);
  if (value !== undefined) mistakes.push(expectedMistake(`--${name}`, "no value", value));
  return given.length > 0;
}

function readNumber(name: string, text: string, mistakes: string[]): number | undefined {
  const number = parseNumber(text);
  if (number === undefined) mistakes.push(expectedMistake(`--${name}`, "a number such as 1000 or 1e3", text));
  return number;
}
