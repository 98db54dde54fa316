import { scaleByPowerOfTwo } from "./bits.js";
import { polynomial } from "./polynomial.js";
import { POWERS, WEIGHTS } from "./tables.js";

// Coefficients interpolated at Chebyshev nodes with 60 digits; kernel/coefficients.ts holds the same numbers.
const EXP = [0.9999999999999848, 0.49999999999999745, 0.16666669845581308, 0.04166667196485763];
const LOGISTIC = [
  0.25, -0.02083333333332612, 0.0020833333319862147, -0.00021081340001358816, 2.135407688669298e-5,
  -2.123250693718344e-6,
];
const ENTRIES_PER_LN2 = 369.3299304675746;
/** ln2/256 in two parts; products of the first with whole numbers below 2^21 are exact. */
const ENTRY_HIGH = 0.00270760617331689;
const ENTRY_LOW = 7.453964567463233e-13;
/** Adding and subtracting 1.5·2^52 rounds to the nearest whole number. */
const ROUND = 6755399441055744;

/** entry·e^r for |r| ≤ 2^-9. */
function timesExp(entry: number, r: number): number {
  return entry * (r * polynomial(EXP, r, r * r)) + entry;
}

/** e^x for |x| ≤ 708, at most 1.2 ulp off; no other range is defined. */
export function exp(x: number): number {
  const n = x * ENTRIES_PER_LN2 + ROUND - ROUND;
  const r = x - n * ENTRY_HIGH - n * ENTRY_LOW;
  return scaleByPowerOfTwo(timesExp(POWERS[n & 255]!, r), n >> 8);
}

/** e^(1/2 - k) for k in [0, 1], at most 1.2 ulp off; no other range is defined. */
export function expHalfLess(k: number): number {
  const entry = Math.min(Math.floor(k * 256), 255);
  return timesExp(WEIGHTS[entry]!, (entry + 0.5) / 256 - k);
}

/** 1 / (1 + e^-x) for |x| ≤ 700, at most 3 ulp off. */
export function logistic(x: number): number {
  if (Math.abs(x) > 0.25) return 1 / (1 + exp(-x));
  const xx = x * x;
  return x * polynomial(LOGISTIC, xx, xx * xx) + 0.5;
}
