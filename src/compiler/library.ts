import { exp as shortExp, logistic as shortLogistic } from "../numeric/exponential.js";
import { log as normalLog } from "../numeric/log.js";
import type { Draws } from "../random/draws.js";

/** Where e^x is finite and normal. */
const MAX_EXPONENT = 708;
/** Where 1 + e^-x is no longer exact beside the 1. */
const MAX_LOGISTIC = 700;
const [MIN_INTEGER, MAX_INTEGER] = [-(2 ** 31), 2 ** 31 - 1];
const TWO_54 = 18014398509481984;
const SMALLEST_NORMAL = 2 ** -1022;
/** 54·ln 2. */
const LN_TWO_54 = 37.42994775023704;

/** e^x: 0 below -708, Infinity above 708, NaN for NaN; else at most 1.2 ulp off, with the same bits in every engine. */
export function exp(x: number): number {
  if (Math.abs(x) <= MAX_EXPONENT) return shortExp(x);
  if (x > MAX_EXPONENT) return Infinity;
  return x < 0 ? 0 : NaN;
}

/** ln x: -Infinity for 0, NaN below and for NaN; else at most 1 ulp off, with the same bits in every engine. */
export function log(x: number): number {
  if (x >= SMALLEST_NORMAL && x < Infinity) return normalLog(x);
  if (x > 0) return x < Infinity ? normalLog(x * TWO_54) - LN_TWO_54 : Infinity;
  return x === 0 ? -Infinity : NaN;
}

/** 1 / (1 + e^-x), at most 3 ulp off, with the same bits in every engine. */
export function logistic(x: number): number {
  return Math.abs(x) <= MAX_LOGISTIC ? shortLogistic(x) : 1 / (1 + exp(-x));
}

/** An element of a vector; NaN outside of it. */
function element(vector: readonly number[], index: number): number {
  return vector[index] ?? NaN;
}

/** Nothing is written outside of a vector. */
function setElement(vector: number[], index: number, value: number): void {
  if (index >= 0 && index < vector.length) vector[index] = value;
}

/** The 32-bit integer nearest to 0 from x; the nearest one for what is outside, 0 for NaN. */
export function toInteger(x: number): number {
  if (x >= MAX_INTEGER) return MAX_INTEGER;
  return x <= MIN_INTEGER ? MIN_INTEGER : Math.trunc(x) | 0;
}

/** What the text of a compiled world calls, by the names that it has there: names of the world end in `_`. */
export const LIBRARY = {
  exp,
  log,
  logistic,
  element,
  setElement,
  toInteger,
  integerDraw: (draws: Draws, range: number) => draws.integer(range),
  sqrt: Math.sqrt,
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
} as const;
