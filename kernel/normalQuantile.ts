// Inverse of the normal distribution: AS241, routine PPND16 (Wichura 1988, Applied Statistics 37), two users at a time.
// Its third range, tails below 1.4e-11, lies outside of what a 32-bit uniform can ask for. Central and tail
// values are functions of their own, as one user in seven needs the second: taken together they are computed only for those.
import { minusTwoLog53 } from "./numeric";
import { both, madd, mul, sub } from "./vector";

/** Numerator, then denominator, of degree 7 each: |p - 1/2| ≤ 0.425. */
const CENTRAL: usize = memory.data<f64>(
  [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
    67265.770927008700853, 33430.575583588128105, 2509.0809287301226727, 1.0, 42.313330701600911252,
    687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674,
    5226.495278852854561,
  ],
  16,
);
/** Coefficients in the tails, of sqrt(-ln p) - 1.6. */
const TAIL: usize = memory.data<f64>(
  [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4, 1.0,
    2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
  16,
);

function horner(table: usize, x: v128): v128 {
  let sum = v128.load_splat<f64>(table, 56);
  sum = madd(sum, x, v128.load_splat<f64>(table, 48));
  sum = madd(sum, x, v128.load_splat<f64>(table, 40));
  sum = madd(sum, x, v128.load_splat<f64>(table, 32));
  sum = madd(sum, x, v128.load_splat<f64>(table, 24));
  sum = madd(sum, x, v128.load_splat<f64>(table, 16));
  sum = madd(sum, x, v128.load_splat<f64>(table, 8));
  return madd(sum, x, v128.load_splat<f64>(table));
}

function ratio(table: usize, x: v128): v128 {
  return f64x2.div(horner(table, x), horner(table + 64, x));
}

/** All ones where |q| > 0.425. */
export function isInTail(q: v128): v128 {
  return f64x2.gt(f64x2.abs(q), both(0.425));
}

/** z with Φ(z) = 1/2 + q for |q| ≤ 0.425. */
export function centralQuantile(q: v128): v128 {
  return mul(q, ratio(CENTRAL, sub(both(0.180625), mul(q, q))));
}

/** Quantile for 0.425 < |q| ≤ 1/2 - 2^-33. */
export function tailQuantile(q: v128): v128 {
  const scaledTail = mul(sub(both(0.5), f64x2.abs(q)), both(9007199254740992.0));
  const r = f64x2.sqrt(mul(both(0.5), minusTwoLog53(scaledTail)));
  const sign = v128.and(q, i64x2.splat(0x8000000000000000));
  return v128.or(ratio(TAIL, sub(r, both(1.6))), sign);
}
