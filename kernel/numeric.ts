// Exponential, logarithm and logistic function, two users at a time. src/numeric is the scalar reference: the same operations
// in the same order, so the same bits. Each loads a nearby table entry and adds a short polynomial.
import { EXP, LOG, LOGISTIC } from "./coefficients";
import {
  ABOVE_ENTRY,
  BELOW_ENTRY_WIDE,
  ENTRIES_PER_LN2,
  ENTRY_BITS,
  ENTRY_HIGH,
  ENTRY_LOW,
  ENTRY_MIDDLE,
  EXPONENT_BITS,
  FIRST_ENTRY,
  FIRST_ENTRY_EDGE,
  HALF,
  LOGISTIC_EDGE,
  MINUS_TWO_LN2,
  ONE,
  ROUND,
  UNIT_32,
  WHOLE,
  WHOLE_AND_53,
} from "./constants";
import { ENTRIES, LOGS, POWERS, WEIGHTS, numbers } from "./tables";
import { add, asDoubles, both, madd, mul, spread, sub, wordPair } from "./vector";

function coefficient(table: usize, i: i32): v128 {
  return spread(table + ((<usize>i) << 3));
}

/** c[0] + c[2]·x + c[4]·x² of two or three terms; inlined with a known `terms`, the test falls away. */
function everySecond(table: usize, terms: i32, x: v128): v128 {
  let sum = coefficient(table, 2 * terms - 2);
  if (terms > 2) sum = madd(sum, x, coefficient(table, 2));
  return madd(sum, x, coefficient(table, 0));
}

/** Σ c[i]·x^i of four to six terms, with xx = x²: odd(xx)·x + even(xx), which is a shorter chain than Horner's. */
function polynomial(table: usize, terms: i32, x: v128, xx: v128): v128 {
  const odd = everySecond(table + 8, terms >> 1, xx);
  return madd(odd, x, everySecond(table, (terms + 1) >> 1, xx));
}

/** entry·e^r for |r| ≤ 2^-9. */
function timesExp(entry: v128, r: v128): v128 {
  return madd(entry, mul(r, polynomial(EXP, 4, r, mul(r, r))), entry);
}

/** e^x for |x| ≤ 708: 2^(n/256)·e^r. */
export function exp(x: v128): v128 {
  const shifted = madd(x, spread(ENTRIES_PER_LN2), spread(ROUND));
  v128.store(ENTRIES, shifted);
  const power = numbers(POWERS, (<usize>load<u8>(ENTRIES)) << 3, (<usize>load<u8>(ENTRIES, 8)) << 3);
  const n = sub(shifted, spread(ROUND));
  const r = sub(sub(x, mul(n, spread(ENTRY_HIGH))), mul(n, spread(ENTRY_LOW)));
  return i64x2.add(timesExp(power, r), i64x2.shl(v128.and(shifted, spread(ABOVE_ENTRY)), 44));
}

/** e^(1/2 - k) for k in [0, 1]. */
export function expHalfLess(k: v128): v128 {
  const entry = f64x2.pmin(f64x2.floor(mul(k, both(256.0))), both(255.0));
  v128.store(ENTRIES, add(entry, spread(WHOLE)));
  const weight = numbers(WEIGHTS, (<usize>load<u8>(ENTRIES)) << 3, (<usize>load<u8>(ENTRIES, 8)) << 3);
  return timesExp(weight, sub(mul(add(entry, spread(HALF)), both(0.00390625)), k));
}

/** Does that for the fractions of the two words at an address, whose top bytes are the entries. */
export function expHalfLessWords(at: usize): v128 {
  const weight = numbers(WEIGHTS, (<usize>load<u8>(at, 3)) << 3, (<usize>load<u8>(at, 7)) << 3);
  const below = v128.and(asDoubles(wordPair(at), UNIT_32), spread(BELOW_ENTRY_WIDE));
  return timesExp(weight, sub(spread(ENTRY_MIDDLE), below));
}

/** 1 / (1 + e^-x) for |x| ≤ 1/4. */
export function shortLogistic(x: v128): v128 {
  const xx = mul(x, x);
  return madd(x, polynomial(LOGISTIC, 6, xx, mul(xx, xx)), spread(HALF));
}

/** Where the short form does not reach. */
export function isFar(x: v128): v128 {
  return f64x2.gt(f64x2.abs(x), spread(LOGISTIC_EDGE));
}

/** 1 / (1 + e^-x) for 1/4 < |x| ≤ 700. */
export function farLogistic(x: v128): v128 {
  return f64x2.div(spread(ONE), add(spread(ONE), exp(f64x2.neg(x))));
}

/** -2·ln(v·2^-53) for v in [1, 2^53]: v = 2^e·(a + d) with a an entry of LOGS, r = d/a. */
export function minusTwoLog53(v: v128): v128 {
  const offset = i64x2.sub(v, spread(FIRST_ENTRY_EDGE));
  v128.store(ENTRIES, offset);
  const first = v128.load(LOGS + <usize>(load<u16>(ENTRIES, 5) & 0xff0));
  const second = v128.load(LOGS + <usize>(load<u16>(ENTRIES, 13) & 0xff0));
  const exponent = sub(v128.or(i64x2.shr_u(offset, 52), spread(WHOLE)), spread(WHOLE_AND_53));
  const mantissa = i64x2.sub(v, v128.and(offset, spread(EXPONENT_BITS)));
  const entry = i64x2.add(v128.and(offset, spread(ENTRY_BITS)), spread(FIRST_ENTRY));
  const r = mul(sub(mantissa, entry), v128.shuffle<i64>(first, second, 0, 2));
  const start = madd(exponent, spread(MINUS_TWO_LN2), v128.shuffle<i64>(first, second, 1, 3));
  const rr = mul(r, r);
  return add(sub(mul(rr, polynomial(LOG, 5, r, rr)), add(r, r)), start);
}
