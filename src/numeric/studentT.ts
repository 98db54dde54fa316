import { exp } from "./exponential.js";
import { log } from "./log.js";
import { normalQuantile } from "./normalQuantile.js";

/** From here on the expansion is within 1e-12; below, the series ends soon enough. */
const EXPANSION_FROM = 1000;

/**
 * t with P(T > t) = tail, for Student's t with a whole number of degrees of freedom ≥ 1 and tail in (0, 1/2): relative
 * error below 1e-11.
 */
export function studentQuantile(tail: number, degrees: number): number {
  const z = normalQuantile(0.5 - tail);
  return degrees >= EXPANSION_FROM ? expansion(z, degrees) : solve(tail, degrees, z);
}

/** Cornish and Fisher's expansion in the normal quantile: Abramowitz and Stegun, 26.7.5. */
function expansion(z: number, degrees: number): number {
  const zz = z * z;
  const terms = [
    (zz + 1) / 4,
    ((5 * zz + 16) * zz + 3) / 96,
    (((3 * zz + 19) * zz + 17) * zz - 15) / 384,
    ((((79 * zz + 776) * zz + 1482) * zz - 1920) * zz - 945) / 92_160,
  ];
  const relative = terms.reduceRight((sum, term) => (sum + term) / degrees, 0);
  return z + z * relative;
}

/** Newton's method from the normal quantile, which lies below: the tail is convex there, so no step goes too far. */
function solve(tail: number, degrees: number, start: number): number {
  const beta = betaOfHalf(degrees);
  let t = start;
  for (;;) {
    const x = degrees / (degrees + t * t);
    const power = exp((degrees / 2) * log(x)) / beta;
    const step =
      ((tailSum(x, degrees) * power * Math.sqrt(1 - x) - tail) / (power * Math.sqrt(x))) * Math.sqrt(degrees);
    if (!(step > t * 1e-15)) return t;
    t += step;
  }
}

/**
 * P(T > t) = I_x(ν/2, 1/2)/2 with x = ν/(ν + t²) (Abramowitz and Stegun 26.7.1), without the factor
 * x^(ν/2)·sqrt(1 - x)/B(ν/2, 1/2): Σ ((ν + 1)/2)_n/(ν/2 + 1)_n·xⁿ / ν (26.5.4).
 */
function tailSum(x: number, degrees: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; term > sum * 1e-17; n++) {
    term *= ((degrees + 1 + 2 * n) / (degrees + 2 + 2 * n)) * x;
    sum += term;
  }
  return sum / degrees;
}

/** B(ν/2, 1/2), from B(1/2, 1/2) = π or B(1, 1/2) = 2 by B(a + 1, 1/2) = B(a, 1/2)·a/(a + 1/2). */
function betaOfHalf(degrees: number): number {
  let beta = degrees % 2 === 1 ? Math.PI : 2;
  for (let n = 2 - (degrees % 2); n < degrees; n += 2) beta *= n / (n + 1);
  return beta;
}
