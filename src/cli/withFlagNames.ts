import { InvalidInput } from "../check/invalidInput.js";
import type { FlagTable } from "./flag.js";

/** Does the work of a command. Its errors name the flags that were typed instead of the API's fields, each error once. */
export async function withFlagNames(flags: FlagTable, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput([...new Set(error.errors.map((mistake) => flagMistake(mistake, flags)))]);
  }
}

/**
 * Translates `"firstUser" expected …` to `"--first-user" expected …`, and other fields in its rule and in its advice at the end,
 * but not in the value between them, which may look like a field.
 */
export function flagMistake(mistake: string, flags: FlagTable): string {
  const sentence = mistake.replace(/^policies\[\d+\]: /, "");
  const [, field, rest] = /^"([^"]*)" (expected .*)$/s.exec(sentence) ?? [];
  if (field === undefined || rest === undefined) return sentence;
  const names = new Map(Object.values(flags).flatMap((flag) => flag.fields.map((name) => [name, flag.long!] as const)));
  const flagOf = (name: string): string => names.get(name) ?? name;
  const [, whole = field.replace(/\[\d+\]/, ""), part = ""] = /^(config|vary)\.(.+)$/s.exec(field) ?? [];
  const shown = part === "" ? (names.get(whole) ?? field) : `${flagOf(whole)} ${part}`;
  const [rule = "", ...value] = rest.split(", got ");
  const inRule = /(\bbeside |\bwithout |\((?=\w+ (?:bounds|replaces|continues)\b))(\w+)/g;
  const translated = rule.replace(inRule, (_, before: string, name: string) => `${before}${flagOf(name)}`);
  const got = value
    .map((text) => `, got ${text}`)
    .join("")
    .replace(/^, got undefined$/, ", got nothing")
    .replace(/(?<=\()resume with repair(?=: [^()]*\)$)/, `${flagOf("resume")} with ${flagOf("repair")}`);
  return `"${shown}" ${translated}${got}`;
}
