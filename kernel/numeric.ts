// Our own exponential, logarithm and circle functions, two users at a time. src/numeric is the scalar twin: the
// same operations in the same order, so the same bits. Polynomials go even/odd, which is shorter than Horner's chain.
import { COSINE, EXP, LOG, SHORT_EXP, SINE } from "./coefficients";
import { add, both, madd, mul, sub } from "./vector";

/** Adding and subtracting 1.5·2^52 rounds to the nearest whole number and leaves it in the low bits. */
const ROUND: f64 = 6755399441055744.0;
const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;

function coefficient(table: usize, i: i32): v128 {
  return v128.load_splat<f64>(table + ((<usize>i) << 3));
}

/** c[0] + c[2]·x + c[4]·x² + … of `terms` ≤ 6 terms; inlined with a known `terms`, the tests fall away. */
function everySecond(table: usize, terms: i32, x: v128): v128 {
  let sum = coefficient(table, 2 * terms - 2);
  if (terms > 5) sum = madd(sum, x, coefficient(table, 8));
  if (terms > 4) sum = madd(sum, x, coefficient(table, 6));
  if (terms > 3) sum = madd(sum, x, coefficient(table, 4));
  if (terms > 2) sum = madd(sum, x, coefficient(table, 2));
  return madd(sum, x, coefficient(table, 0));
}

/** Σ c[i]·x^i of `terms` terms, with xx = x²: odd(xx)·x + even(xx). */
function polynomial(table: usize, terms: i32, x: v128, xx: v128): v128 {
  const odd = everySecond(table + 8, terms >> 1, xx);
  return madd(odd, x, everySecond(table, (terms + 1) >> 1, xx));
}

/** e^x for |x| ≤ 708: at most 1.1 ulp off. */
export function exp(x: v128): v128 {
  const shifted = madd(x, both(1.4426950408889634), both(ROUND));
  const n = sub(shifted, both(ROUND));
  const r = sub(sub(x, mul(n, both(LN2_HIGH))), mul(n, both(LN2_LOW)));
  const rr = mul(r, r);
  const power = add(both(1.0), add(r, mul(rr, polynomial(EXP, 10, r, rr))));
  return i64x2.add(power, i64x2.shl(shifted, 52));
}

/** e^y for |y| ≤ 1/2, without reduction: at most 1.1 ulp off. */
export function shortExp(y: v128): v128 {
  const yy = mul(y, y);
  return add(both(1.0), add(y, mul(yy, polynomial(SHORT_EXP, 11, y, yy))));
}

/** 1 / (1 + e^-x) for |x| ≤ 700: at most 2.6 ulp off. */
export function logistic(x: v128): v128 {
  return f64x2.div(both(1.0), add(both(1.0), exp(f64x2.neg(x))));
}

/** -2·ln(v·2^-53) for v in [1, 2^53], at most 1 ulp off; the scale keeps the exponent from going negative (fdlibm's e_log.c). */
export function minusTwoLog53(v: v128): v128 {
  const offset = i64x2.sub(v, i64x2.splat(0x3fe6a09e667f3bcd));
  const biased = v128.or(i64x2.shr_u(offset, 52), i64x2.splat(0x4330000000000000));
  const exponent = sub(biased, both(4503599627370496.0 + 53.0));
  const f = sub(i64x2.sub(v, v128.and(offset, i64x2.splat(0xfff0000000000000))), both(1.0));
  const s = f64x2.div(f, add(both(2.0), f));
  const z = mul(s, s);
  const half = mul(mul(f, f), both(0.5));
  const rest = madd(s, add(half, mul(z, polynomial(LOG, 7, z, mul(z, z)))), mul(exponent, both(LN2_LOW)));
  const log = sub(mul(exponent, both(LN2_HIGH)), sub(sub(half, rest), f));
  return mul(both(-2.0), log);
}

/** sin(π/2·f) for |f| ≤ 1/2, with ff = f²: at most 1.3 ulp off; the product 1.5·f is exact to one rounding. */
export function sineQuarter(f: v128, ff: v128): v128 {
  return madd(f, polynomial(SINE, 7, ff, mul(ff, ff)), mul(f, both(1.5)));
}

/** cos(π/2·f) for |f| ≤ 1/2, with ff = f²: at most 1.6 ulp off. */
export function cosineQuarter(ff: v128): v128 {
  return madd(ff, polynomial(COSINE, 7, ff, mul(ff, ff)), both(1.0));
}
