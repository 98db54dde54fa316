import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, oneOfMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { isFieldName } from "../world/documentOrder.js";
import type { BuiltInPolicy } from "../world/policy.js";
import { policies } from "./policies.js";

const NAMED: Readonly<Record<string, () => BuiltInPolicy>> = {
  first: policies.first,
  random: policies.random,
  "most-educational": policies.mostEducational,
  "least-educational": policies.leastEducational,
  greedy: () => policies.greedy(),
};

/** Names that `--policy` accepts; m stands for a whole number from 0 to the slate size, field for a numeric field of the documents. */
export const policyNames: readonly string[] = [...Object.keys(NAMED), "greedy(field)", "mix(m)", "mix(m, field)"];

/** The policy of that name. Throws `InvalidInput` for any other text. */
export function parsePolicy(text: string): BuiltInPolicy {
  if (typeof text !== "string") refuse([oneOfMistake("policy", text, policyNames)]);
  const named = Object.hasOwn(NAMED, text) ? NAMED[text] : undefined;
  if (named) return named();
  const mix = /^mix\((\d{1,3})\)$/.exec(text);
  if (mix) return policies.mix(Number(mix[1]));
  const byField = parseByField(text);
  if (byField) return byField;
  if (/^mix\b/i.test(text)) throw new InvalidInput([mixMistake(text)]);
  throw new InvalidInput([oneOfMistake("policy", text, policyNames)!]);
}

/** The policy by a field that the text names, with or without spaces; undefined where it names none. */
function parseByField(text: string): BuiltInPolicy | undefined {
  const [, rule, m, field = ""] = /^(greedy|mix)\( *(?:(\d{1,3}) *, *)?([^ ,()]+) *\)$/.exec(text) ?? [];
  if (!isFieldName(field) || (rule === "mix") !== (m !== undefined)) return undefined;
  return m === undefined ? policies.greedy(field) : policies.mix(Number(m), field);
}

/** `"policy" expected mix(m) with an integer m in [0, slateSize], got "mix 2" (did you mean "mix(2)"?)` */
function mixMistake(text: string): string {
  const [, meant] = /^mix[\s([{=:]*(\d{1,3})\W*$/i.exec(text) ?? [];
  const hint = meant === undefined ? "" : ` (did you mean "mix(${meant})"?)`;
  return `${expectedMistake("policy", "mix(m) with an integer m in [0, slateSize]", text)}${hint}`;
}
