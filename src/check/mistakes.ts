import { didYouMean } from "./didYouMean.js";
import { isArray } from "./lists.js";
import { escapeControls } from "./escapeControls.js";
import { showValue } from "./showValue.js";

// Checkers that return an error, or undefined for a valid value, so that a function of the public API can collect every error before
// it throws one `InvalidInput`. NaN is in no range.

/** Range of a number. Bounds are included by default; a missing bound is an infinity, and excluded. */
export interface NumberRule {
  readonly min?: number;
  readonly max?: number;
  readonly minExcluded?: boolean;
  readonly maxExcluded?: boolean;
  readonly integer?: boolean;
}

/** `"memoryDiscount" expected a number in [0, 1), got 1.2` */
export function numberMistake(field: string, value: unknown, rule: NumberRule): string | undefined {
  if (typeof value === "number" && obeys(value, rule)) return undefined;
  return expectedMistake(field, describeRule(rule), value);
}

/** `"equations" expected one of "prose", "notebook", got "pros" (did you mean "prose"?)` */
export function oneOfMistake(field: string, value: unknown, choices: readonly string[]): string | undefined {
  if (typeof value === "string" && choices.includes(value)) return undefined;
  const hint = typeof value === "string" ? didYouMean(value, choices) : "";
  return expectedMistake(field, `one of ${choices.map(showValue).join(", ")}`, value) + hint;
}

/** `"sensitvity" is not a parameter (did you mean "sensitivity"?)`, one for each unknown key of `given`. */
export function unknownFieldMistakes(kind: string, given: object, known: readonly string[]): string[] {
  const article = /^[aeiou]/.test(kind) ? "an" : "a";
  return Object.keys(given)
    .filter((field) => !known.includes(field))
    .map((field) => `${showValue(field)} is not ${article} ${kind}${didYouMean(field, known)}`);
}

/** `"options" expected an object, got undefined` */
export function objectMistake(field: string, value: unknown): string | undefined {
  const legal = typeof value === "object" && value !== null && !isArray(value);
  return legal ? undefined : expectedMistake(field, "an object", value);
}

/** Returns the sentence of all errors about a value: field, rule, value. */
export function expectedMistake(field: string, rule: string, value: unknown): string {
  return escapeControls(`"${field}" expected ${rule}, got `) + showValue(value);
}

function obeys(value: number, rule: NumberRule): boolean {
  const { min = -Infinity, max = Infinity, integer = false } = rule;
  const above = excludesMin(rule) ? value > min : value >= min;
  const below = excludesMax(rule) ? value < max : value <= max;
  return above && below && (!integer || Number.isInteger(value));
}

/** `a number in [0, 1]` */
export function describeRule(rule: NumberRule): string {
  const { min, max, integer } = rule;
  if (min === undefined && max === undefined) return integer ? "an integer" : "a finite number";
  const from = excludesMin(rule) ? "(" : "[";
  const to = excludesMax(rule) ? ")" : "]";
  return `${integer ? "an integer" : "a number"} in ${from}${min ?? -Infinity}, ${max ?? Infinity}${to}`;
}

function excludesMin(rule: NumberRule): boolean {
  return rule.minExcluded ?? rule.min === undefined;
}

function excludesMax(rule: NumberRule): boolean {
  return rule.maxExcluded ?? rule.max === undefined;
}
