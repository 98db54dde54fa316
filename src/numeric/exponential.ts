import { scaleByPowerOfTwo } from "./bits.js";
import { polynomial } from "./polynomial.js";

// Coefficients interpolated at Chebyshev nodes with 60 digits; kernel/coefficients.ts holds the same numbers.
const EXP = [
  0.5000000000000001, 0.16666666666666669, 0.04166666666662399, 0.008333333333330051, 0.0013888888917281794,
  0.00019841269863105968, 2.480152119021773e-5, 2.7557268378684192e-6, 2.7620138719733994e-7, 2.5100424157005067e-8,
];
const SHORT_EXP = [
  0.5, 0.16666666666666835, 0.04166666666666679, 0.008333333333198127, 0.0013888888888792352, 0.00019841270144086635,
  2.480158751780227e-5, 2.755704244819296e-6, 2.755712159501279e-7, 2.5162744626460177e-8, 2.0955762289494408e-9,
];
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
/** Adding and subtracting 1.5·2^52 rounds to the nearest whole number. */
const ROUND = 6755399441055744;

/** e^x for |x| ≤ 708, at most 1.1 ulp off; no other range is defined. */
export function exp(x: number): number {
  const n = x * 1.4426950408889634 + ROUND - ROUND;
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  const rr = r * r;
  return scaleByPowerOfTwo(1 + (r + rr * polynomial(EXP, r, rr)), n);
}

/** e^y for |y| ≤ 1/2, at most 1.1 ulp off; no other range is defined. */
export function shortExp(y: number): number {
  const yy = y * y;
  return 1 + (y + yy * polynomial(SHORT_EXP, y, yy));
}

/** 1 / (1 + e^-x) for |x| ≤ 700, at most 2.6 ulp off. */
export function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}
