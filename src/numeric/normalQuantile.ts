import { exp } from "./exponential.js";
import { minusTwoLog53 } from "./logarithm.js";

// AS241, routine PPND16: M. J. Wichura, "The percentage points of the normal distribution", Applied Statistics 37 (1988).
const CENTRAL_TOP = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
  67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const CENTRAL_BOTTOM = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
  28729.085735721942674, 5226.495278852854561,
];
const TAIL_TOP = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
const TAIL_BOTTOM = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const FAR_TOP = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093,
  0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_BOTTOM = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];
/** Minimal tail, 2^-53: a double's distance from 1/2 cannot distinguish smaller ones. */
const MIN_TAIL = 1 / 0x20000000000000;

/** z with Φ(z) = 1/2 + q, for |q| ≤ 1/2: relative error below 1e-15 in the middle; ±8.2 at the ends. */
export function normalQuantile(q: number): number {
  const size = Math.abs(q);
  if (size <= 0.425) return q * ratio(CENTRAL_TOP, CENTRAL_BOTTOM, 0.180625 - q * q);
  const tail = Math.max(0.5 - size, MIN_TAIL);
  const r = Math.sqrt(0.5 * minusTwoLog53(tail * 0x20000000000000));
  const z = r <= 5 ? ratio(TAIL_TOP, TAIL_BOTTOM, r - 1.6) : ratio(FAR_TOP, FAR_BOTTOM, r - 5);
  return q < 0 ? -z : z;
}

function ratio(top: readonly number[], bottom: readonly number[], x: number): number {
  return horner(top, x) / horner(bottom, x);
}

function horner(coefficients: readonly number[], x: number): number {
  let sum = coefficients[coefficients.length - 1]!;
  for (let i = coefficients.length - 2; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

const SQRT_2_OVER_PI = 0.7978845608028654;

/**
 * P(|Z| ≤ a) of a standard normal, a ≥ 0: sqrt(2/π)·a·e^(-a²/2)·Σ a^2n/(1·3·5…(2n+1)) (Abramowitz and Stegun 26.2.11);
 * all terms are positive, so nothing cancels: at most 40 ulp off. From 9 on it is 1 to the last bit.
 */
export function normalMassWithin(a: number): number {
  if (a >= 9) return 1;
  let term = a;
  let sum = a;
  for (let odd = 3; term > sum * 1e-18; odd += 2) {
    term *= (a * a) / odd;
    sum += term;
  }
  return Math.min(1, SQRT_2_OVER_PI * exp(-0.5 * a * a) * sum);
}
