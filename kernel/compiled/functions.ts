// What the functions of a world call, for two users at a time: src/compiler/library.ts is the scalar reference, the same operations in the
// same order. A truth value is a mask, and an integer is in the lower half of its user's 64 bits; what is in the upper half means nothing.
import { exp as shortExp, farLogistic, isFar, shortLogistic } from "../numeric";
import { both, madd, mul, select, sub } from "../vector";

/** Where e^x is finite and normal. */
const MAX_EXPONENT: f64 = 708.0;
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;

/** Not 0 once something happened that only the reference can name: an invalid range, a number that is no reward. */
export let failed: i32 = 0;

export function fail(): void {
  failed = 1;
}

export function forgetFailure(): void {
  failed = 0;
}

/** The mask of both users. */
export function everybody(): v128 {
  return i64x2.splat(-1);
}

export function nobody(): v128 {
  return i64x2.splat(0);
}

/** Where the lower halves of a vector are ones or zeros: such a mask in all bits. */
export function widened(mask: v128): v128 {
  return v128.shuffle<i32>(mask, mask, 0, 0, 2, 2);
}

export function maskOf(value: bool): v128 {
  return i64x2.splat(-(<i64>value));
}

/** Truth values as they are stored, 1 and 0. */
export function fromTruth(mask: v128): v128 {
  return v128.and(mask, i64x2.splat(1));
}

export function toTruth(stored: v128): v128 {
  return widened(i32x4.ne(stored, i32x4.splat(0)));
}

export function exp(x: v128): v128 {
  const last = both(MAX_EXPONENT);
  if (i64x2.all_true(f64x2.le(f64x2.abs(x), last))) return shortExp(x);
  const power = shortExp(f64x2.pmax(f64x2.neg(last), f64x2.pmin(last, x)));
  const finite = select(both(Infinity), power, f64x2.gt(x, last));
  const positive = select(both(0.0), finite, f64x2.lt(x, f64x2.neg(last)));
  return select(x, positive, f64x2.ne(x, x));
}

export function logistic(x: v128): v128 {
  const far = isFar(x);
  if (!v128.any_true(far)) return shortLogistic(x);
  const last = both(700.0);
  const isFinite = i64x2.all_true(f64x2.le(f64x2.abs(x), last));
  const share = isFinite ? farLogistic(x) : f64x2.div(both(1.0), f64x2.add(both(1.0), exp(f64x2.neg(x))));
  return select(share, shortLogistic(x), v128.or(far, f64x2.ne(x, x)));
}

/** 2/23, 2/21, … 2/3. */
const TAIL: usize = memory.data<f64>([
  2.0 / 23.0,
  2.0 / 21.0,
  2.0 / 19.0,
  2.0 / 17.0,
  2.0 / 15.0,
  2.0 / 13.0,
  2.0 / 11.0,
  2.0 / 9.0,
  2.0 / 7.0,
  2.0 / 5.0,
  2.0 / 3.0,
]);

export function log(x: v128): v128 {
  const isNormal = v128.and(f64x2.ge(x, both(SMALLEST_NORMAL)), f64x2.lt(x, both(Infinity)));
  if (i64x2.all_true(isNormal)) return normalLog(x);
  const isSmall = v128.and(f64x2.gt(x, both(0.0)), f64x2.lt(x, both(SMALLEST_NORMAL)));
  const found = normalLog(select(mul(x, both(18014398509481984.0)), x, isSmall));
  const shifted = select(sub(found, both(37.42994775023704)), found, isSmall);
  const finite = select(both(Infinity), shifted, f64x2.eq(x, both(Infinity)));
  const known = select(both(-Infinity), finite, f64x2.eq(x, both(0.0)));
  return select(known, both(NaN), f64x2.ge(x, both(0.0)));
}

function normalLog(x: v128): v128 {
  const n = i32x4.shr_s(i32x4.sub(i64x2.shr_u(x, 32), i32x4.splat(0x3fe6a09e)), 20);
  const f = sub(i64x2.sub(x, i64x2.shl(n, 52)), both(1.0));
  const s = f64x2.div(f, f64x2.add(both(2.0), f));
  const half = mul(mul(both(0.5), f), f);
  const z = mul(s, s);
  let tail = both(0.0);
  for (let i: usize = 0; i < 11; i++) tail = mul(f64x2.add(tail, v128.load64_splat(TAIL + (i << 3))), z);
  const whole = toDouble(n);
  const low = madd(s, f64x2.add(half, tail), mul(whole, both(1.9082149292705877e-10)));
  return sub(mul(whole, both(0.6931471803691238)), sub(sub(half, low), f));
}

export function toDouble(x: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(x, x, 0, 2, 0, 2));
}

/** Towards 0; the nearest i32 for what is outside, 0 for NaN. */
export function toInteger(x: v128): v128 {
  const cut = i32x4.trunc_sat_f64x2_s_zero(x);
  return v128.shuffle<i32>(cut, cut, 0, 0, 1, 1);
}

export function remainder(x: v128, y: v128): v128 {
  const first = f64x2.extract_lane(x, 0) % f64x2.extract_lane(y, 0);
  return f64x2.replace_lane(both(first), 1, f64x2.extract_lane(x, 1) % f64x2.extract_lane(y, 1));
}

/** Numbers of two users at addresses of their own. */
export function pair(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

/** Stores numbers of those of two users in a mask. */
export function setPair(first: usize, second: usize, value: v128, mask: v128): void {
  const chosen = select(value, pair(first, second), mask);
  v128.store64_lane(first, chosen, 0);
  v128.store64_lane(second, chosen, 1);
}

/** Stores numbers of those of two neighbours in a mask. */
export function setRow(at: usize, value: v128, mask: v128): void {
  v128.store(at, select(value, v128.load(at), mask));
}

/** An element of two neighbours' vectors, whose values lie a row apart; NaN outside. */
export function rowElement(vector: usize, length: i32, index: i32): v128 {
  return <u32>index < <u32>length ? v128.load(vector + ((<usize>index) << 9)) : both(NaN);
}

/** Elements of two users' vectors; NaN outside. */
export function elements(first: usize, second: usize, length: i32, index: v128): v128 {
  const one = element(first, length, i32x4.extract_lane(index, 0));
  return f64x2.replace_lane(both(one), 1, element(second, length, i32x4.extract_lane(index, 2)));
}

function element(vector: usize, length: i32, index: i32): f64 {
  return <u32>index < <u32>length ? load<f64>(vector + ((<usize>index) << 9)) : NaN;
}

/** Nothing is written outside. */
export function setRowElement(vector: usize, length: i32, index: i32, value: v128, mask: v128): void {
  if (<u32>index < <u32>length) setRow(vector + ((<usize>index) << 9), value, mask);
}

export function setElements(first: usize, second: usize, length: i32, index: v128, value: v128, mask: v128): void {
  const legal = widened(v128.and(i32x4.lt_u(index, i32x4.splat(length)), mask));
  const place = v128.and(index, legal); // the first element gets what it had
  const one = first + ((<usize>i32x4.extract_lane(place, 0)) << 9);
  setPair(one, second + ((<usize>i32x4.extract_lane(place, 2)) << 9), value, legal);
}

/** Uniform draws of those in a mask as whole numbers in [0, range). */
export function integerOf(uniform: v128, range: v128, mask: v128): v128 {
  if (v128.any_true(v128.and(widened(i32x4.lt_s(range, i32x4.splat(1))), mask))) fail();
  return toInteger(f64x2.floor(mul(uniform, toDouble(range))));
}
