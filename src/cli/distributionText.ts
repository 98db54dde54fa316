import { didYouMean } from "../check/didYouMean.js";
import { expectedMistake } from "../check/mistakes.js";
import { parseNumber } from "../check/parseNumber.js";
import type { NumberDistribution } from "../index.js";
import { DISTRIBUTION_FIELDS } from "../random/distribution.js";

type Kind = NumberDistribution["distribution"];

const KINDS = Object.keys(DISTRIBUTION_FIELDS) as Kind[];
/** Most values of a discrete distribution that are written out. */
const MAX_SHOWN = 8;

/** Whether a text is written as a distribution: a word and parentheses. */
export function isDistributionText(text: string): boolean {
  return PARTS.test(text);
}

const PARTS = /^([\w-]+)\((.*)\)$/s;

/** Reads a distribution such as `uniform(0.01,0.2)` or `discrete(30:1,60:3)`, whose numbers the world checks; undefined with an error. */
export function parseDistribution(field: string, text: string, mistakes: string[]): object | undefined {
  const [, kind = "", inside = ""] = PARTS.exec(text)!;
  const known = KINDS.find((each) => each === kind);
  const parts = inside.split(",").map((part) => part.trim());
  const read = known === "discrete" ? readDiscrete(parts) : known && readFields(known, parts);
  if (read !== undefined) return { distribution: known, ...read };
  const hint = known === undefined ? didYouMean(kind, KINDS) : "";
  const forms = (known === undefined ? KINDS : [known]).map(formOf);
  mistakes.push(expectedMistake(field, forms.join(" or "), text) + hint);
  return undefined;
}

/** Returns a distribution in the form that is read; as JSON where it has one end only. */
export function distributionText(given: NumberDistribution): string {
  if (given.distribution === "discrete") return `discrete(${discreteText(given)})`;
  const { required, optional } = DISTRIBUTION_FIELDS[given.distribution];
  const fields = new Map<string, unknown>(Object.entries(given));
  const present = [...required, ...optional].filter((name) => fields.has(name));
  if (![0, optional.length].includes(present.length - required.length)) return JSON.stringify(given);
  return `${given.distribution}(${present.map((name) => fields.get(name)).join()})`;
}

function readFields(kind: Exclude<Kind, "discrete">, parts: readonly string[]): object | undefined {
  const { required, optional } = DISTRIBUTION_FIELDS[kind];
  const numbers = parts.map(parseNumber);
  const whole = [required.length, required.length + optional.length].includes(numbers.length);
  if (!whole || numbers.includes(undefined)) return undefined;
  return Object.fromEntries([...required, ...optional].slice(0, numbers.length).map((name, at) => [name, numbers[at]]));
}

/** Reads values, all or none of which have a weight. */
function readDiscrete(parts: readonly string[]): object | undefined {
  const pairs = parts.map((part) => part.split(":").map(parseNumber));
  const length = pairs[0]!.length;
  if (length > 2 || pairs.some((pair) => pair.length !== length || pair.includes(undefined))) return undefined;
  const [values, weights] = [0, 1].map((at) => pairs.map((pair) => pair[at]));
  return { values, ...(length === 2 && { weights }) };
}

function discreteText({ values, weights }: Extract<NumberDistribution, { distribution: "discrete" }>): string {
  if (values.length > MAX_SHOWN) return `${values.length} values`;
  return values.map((value, at) => (weights === undefined ? value : `${value}:${weights[at]}`)).join();
}

function formOf(kind: Kind): string {
  if (kind === "discrete") return "discrete(value[:weight],…)";
  const { required, optional } = DISTRIBUTION_FIELDS[kind];
  return `${kind}(${required.join()}${optional.length > 0 ? `[,${optional.join()}]` : ""})`;
}
