import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../check/mistakes.js";
import { isArray } from "../check/lists.js";
import { listOnce, readOnce } from "../check/readOnce.js";
import { exp } from "../numeric/exponential.js";
import { log } from "../numeric/log.js";
import type { Draws } from "./draws.js";
import { betaDraw, gammaDraw } from "./gamma.js";

/** The largest size of a normal draw with a 53-bit radius is sqrt(2·53·ln 2) < 8.6. */
export const MAX_NORMAL = 8.6;

/** Ends beyond which draws count as the nearest end. */
export interface NumberEnds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * A distribution that a number is drawn from.
 * - `uniform`: in [min, max).
 * - `normal`: with that mean and standard deviation. `logNormal`: e to the power of a normal draw with those.
 *   Both may have ends, `min` and `max`: draws beyond an end count as the end.
 * - `beta`: min + (max - min)·B, with B of the shapes `alpha` and `beta`, each in [0.1, 1e6]; default of `min`: 0, of `max`: 1.
 * - `discrete`: one of `values`, with chances in proportion to `weights`; default: equal ones.
 */
export type NumberDistribution =
  | { readonly distribution: "uniform"; readonly min: number; readonly max: number }
  | ({ readonly distribution: "normal"; readonly mean: number; readonly stddev: number } & NumberEnds)
  | ({ readonly distribution: "logNormal"; readonly logMean: number; readonly logStddev: number } & NumberEnds)
  | ({ readonly distribution: "beta"; readonly alpha: number; readonly beta: number } & NumberEnds)
  | { readonly distribution: "discrete"; readonly values: readonly number[]; readonly weights?: readonly number[] };

type Kind = NumberDistribution["distribution"];

/** Fields of each kind of distribution, in their order. */
export const DISTRIBUTION_FIELDS: Readonly<
  Record<Kind, { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  uniform: { required: ["min", "max"], optional: [] },
  normal: { required: ["mean", "stddev"], optional: ["min", "max"] },
  logNormal: { required: ["logMean", "logStddev"], optional: ["min", "max"] },
  beta: { required: ["alpha", "beta"], optional: ["min", "max"] },
  discrete: { required: ["values"], optional: ["weights"] },
};

const MAX_VALUES = 65_536;
const SHAPE = { min: 0.1, max: 1e6 };
const FINITE = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };

/** Reads a distribution once; anything but an object stays as it is. */
export function distributionOnce(field: string, given: unknown): unknown {
  if (objectMistake(field, given) !== undefined) return given;
  const read: Record<string, unknown> = readOnce(field, given as Record<string, unknown>);
  for (const name of ["values", "weights"]) if (name in read) read[name] = listOnce(`${field}.${name}`, read[name]);
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Returns all errors of what should be a distribution. */
export function distributionMistakes(field: string, given: object): string[] {
  const { distribution: kind, ...rest } = given as Record<string, unknown>;
  const kindMistake = oneOfMistake(`${field}.distribution`, kind, Object.keys(DISTRIBUTION_FIELDS));
  if (kindMistake !== undefined) return [kindMistake];
  const { required, optional } = DISTRIBUTION_FIELDS[kind as Kind];
  const known = [...required, ...optional];
  const present = known.filter((name) => required.includes(name) || name in rest);
  const mistakes = [
    ...unknownFieldMistakes(`field of ${field}`, rest, known),
    ...present.map((name) => fieldMistake(`${field}.${name}`, name, rest[name])),
  ].filter((mistake) => mistake !== undefined);
  return mistakes.length > 0 ? mistakes : jointMistakes(field, given as NumberDistribution);
}

function fieldMistake(field: string, name: string, value: unknown): string | undefined {
  if (name === "values" || name === "weights") {
    const least = name === "weights" ? 0 : -Number.MAX_VALUE;
    const legal = isArray(value) && value.length > 0 && value.length <= MAX_VALUES;
    const numbers = legal && value.every((each) => numberMistake(field, each, { ...FINITE, min: least }) === undefined);
    const rule = `a list of 1 to ${MAX_VALUES} finite numbers${name === "weights" ? " of at least 0" : ""}`;
    return numbers ? undefined : expectedMistake(field, rule, value);
  }
  if (name === "stddev" || name === "logStddev") return numberMistake(field, value, { ...FINITE, min: 0 });
  return numberMistake(field, value, name === "alpha" || name === "beta" ? SHAPE : FINITE);
}

/** Checks rules between fields that are right by themselves. */
function jointMistakes(field: string, given: NumberDistribution): string[] {
  if (given.distribution === "discrete") {
    const { values, weights } = given;
    if (weights === undefined) return [];
    if (weights.length !== values.length)
      return [expectedMistake(`${field}.weights`, `${values.length} numbers, as many as values`, weights)];
    return sumOf(weights) > 0 && sumOf(weights) < Infinity
      ? []
      : [expectedMistake(`${field}.weights`, "numbers with a finite sum above 0", weights)];
  }
  const { min, max } = endsOf(given);
  return min <= max ? [] : [expectedMistake(`${field}.max`, `at least ${min} (min)`, max)];
}

function endsOf(given: Exclude<NumberDistribution, { readonly distribution: "discrete" }>): Required<NumberEnds> {
  const [least, greatest] = given.distribution === "beta" ? [0, 1] : [-Infinity, Infinity];
  const { min = least, max = greatest } = given;
  return { min, max };
}

/** Returns the least and the greatest number that may be drawn. */
export function supportOf(given: NumberDistribution): readonly [least: number, greatest: number] {
  if (given.distribution === "discrete") {
    const { values, weights } = given;
    const possible = values.filter((_, i) => weights === undefined || weights[i]! > 0);
    return [possible.reduce((a, b) => Math.min(a, b)), possible.reduce((a, b) => Math.max(a, b))];
  }
  const { min, max } = endsOf(given);
  if (given.distribution === "uniform" || given.distribution === "beta") return [min, max];
  const [least, greatest] = [-MAX_NORMAL, MAX_NORMAL].map((normal) => fromNormal(given, normal));
  return [within(least!, min, max), within(greatest!, min, max)];
}

/** Draws a number. */
export function drawFrom(given: NumberDistribution, draws: Draws): number {
  if (given.distribution === "discrete") return valueAt(given.values, given.weights, draws.uniform());
  const { min, max } = endsOf(given);
  if (given.distribution === "uniform") return min + (max - min) * draws.uniform();
  if (given.distribution === "beta") return min + (max - min) * betaOfAnyShape(given.alpha, given.beta, draws);
  return within(fromNormal(given, draws.normal()), min, max);
}

function fromNormal(
  given: Extract<NumberDistribution, { distribution: "normal" | "logNormal" }>,
  normal: number,
): number {
  if (given.distribution === "normal") return given.mean + given.stddev * normal;
  return exp(Math.max(Math.min(given.logMean + given.logStddev * normal, MAX_EXPONENT), -MAX_EXPONENT));
}

/** Beyond this, e^x is near the end of the doubles. */
const MAX_EXPONENT = 700;

function valueAt(values: readonly number[], weights: readonly number[] | undefined, uniform: number): number {
  if (weights === undefined) return values[Math.floor(uniform * values.length)]!;
  const point = uniform * sumOf(weights);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]!;
    if (point < sum) return values[i]!;
  }
  return values[weights.findLastIndex((weight) => weight > 0)]!; // by rounding
}

/** Below shape 1 as U^(1/shape) times a gamma of one shape more (Marsaglia and Tsang, section 6). */
function betaOfAnyShape(alpha: number, beta: number, draws: Draws): number {
  if (alpha >= 1 && beta >= 1) return betaDraw(alpha, beta, draws);
  const successes = gammaOfAnyShape(alpha, draws);
  return successes / (successes + gammaOfAnyShape(beta, draws));
}

function gammaOfAnyShape(shape: number, draws: Draws): number {
  if (shape >= 1) return gammaDraw(shape, draws);
  return exp(log(1 - draws.uniform()) / shape) * gammaDraw(shape + 1, draws);
}

function within(x: number, min: number, max: number): number {
  return Math.min(Math.max(x, min), max);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0);
}
