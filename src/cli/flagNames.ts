import { InvalidInput } from "../check/invalidInput.js";
import type { FlagTable } from "./flags.js";

/** Where the API's name is not the flag's own in camel case. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  policies: "policy",
  "policy module": "policy-module",
  "precision.halfWidth": "precision",
  "precision.relative": "precision",
};

/** Does the work of a command. Its mistakes name the flags that were given, not the options of the API behind them. */
export async function tellInFlags(flags: FlagTable, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput([...new Set(error.mistakes.map((mistake) => flagMistake(mistake, flags)))]);
  }
}

/** `"firstUser" expected …` as `"--first-user" expected …`, and whatever other option the sentence goes on about. */
export function flagMistake(mistake: string, flags: FlagTable): string {
  const names = new Map(Object.keys(flags).map((flag) => [camelCase(flag), flag]));
  for (const [name, flag] of Object.entries(OTHER_NAMES)) if (flag in flags) names.set(name, flag);
  const sentence = mistake.replace(/^policies\[\d+\]: /, "");
  const [, field, rest] = /^"([^"]*)" (expected .*)$/s.exec(sentence) ?? [];
  if (field === undefined || rest === undefined) return sentence;
  const flag = /^policies\[\d+\]\.name$/.test(field) ? "policy" : names.get(field);
  return flag === undefined ? sentence : `"--${flag}" ${inRule(rest, names)}`;
}

/** In the rule only, not in the value that was given: two texts may look alike. */
function inRule(rest: string, names: ReadonlyMap<string, string>): string {
  const [rule = "", ...value] = rest.split(", got ");
  const told = rule.replace(/\b(beside|without) (\w+)|\((\w+)(?= bounds)/g, (text, how, name, bound) => {
    const flag = names.get(name ?? bound);
    if (flag === undefined) return text;
    return how === undefined ? `(--${flag}` : `${how} --${flag}`;
  });
  return [told, ...value].join(", got ");
}

function camelCase(flag: string): string {
  return flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
