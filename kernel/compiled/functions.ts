// What the functions of a world call: src/compiler/library.ts is the scalar reference, the same operations in the same order.
import { EXP, LOGISTIC } from "../coefficients";
import { POWERS } from "../tables";

/** Not 0 once something happened that only the reference can name: an invalid range, a number that is no reward. */
export let failed: i32 = 0;

export function fail(): void {
  failed = 1;
}

export function forgetFailure(): void {
  failed = 0;
}

function coefficient(table: usize, i: i32): f64 {
  return load<f64>(table + ((<usize>i) << 3));
}

export function exp(x: f64): f64 {
  if (abs(x) <= 708.0) return shortExp(x);
  if (x > 708.0) return Infinity;
  return x < 0.0 ? 0.0 : NaN;
}

function shortExp(x: f64): f64 {
  const n = x * 369.3299304675746 + 6755399441055744.0 - 6755399441055744.0;
  const r = x - n * 0.00270760617331689 - n * 7.453964567463233e-13;
  const whole = <i32>n;
  const entry = load<f64>(POWERS + ((<usize>(whole & 255)) << 3));
  const rr = r * r;
  const odd = coefficient(EXP, 3) * rr + coefficient(EXP, 1);
  const even = coefficient(EXP, 2) * rr + coefficient(EXP, 0);
  const power = entry * (r * (odd * r + even)) + entry;
  return reinterpret<f64>(reinterpret<i64>(power) + ((<i64>(whole >> 8)) << 52));
}

export function logistic(x: f64): f64 {
  if (abs(x) > 700.0 || x != x) return 1.0 / (1.0 + exp(-x));
  if (abs(x) > 0.25) return 1.0 / (1.0 + shortExp(-x));
  const xx = x * x;
  const x4 = xx * xx;
  const odd = (coefficient(LOGISTIC, 5) * x4 + coefficient(LOGISTIC, 3)) * x4 + coefficient(LOGISTIC, 1);
  const even = (coefficient(LOGISTIC, 4) * x4 + coefficient(LOGISTIC, 2)) * x4 + coefficient(LOGISTIC, 0);
  return x * (odd * xx + even) + 0.5;
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

export function log(x: f64): f64 {
  if (x >= 2.2250738585072014e-308 && x < Infinity) return normalLog(x);
  if (x > 0.0) return x < Infinity ? normalLog(x * 18014398509481984.0) - 37.42994775023704 : Infinity;
  return x == 0.0 ? -Infinity : NaN;
}

function normalLog(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  const n = (<i32>(bits >> 32) - 0x3fe6a09e) >> 20;
  const f = reinterpret<f64>(bits - ((<i64>n) << 52)) - 1.0;
  const s = f / (2.0 + f);
  const half = 0.5 * f * f;
  const z = s * s;
  let tail = 0.0;
  for (let i = 0; i < 11; i++) tail = (tail + coefficient(TAIL, i)) * z;
  const whole = <f64>n;
  return whole * 0.6931471803691238 - (half - (s * (half + tail) + whole * 1.9082149292705877e-10) - f);
}

/** An element of a vector whose values lie a row apart; NaN outside. */
export function element(vector: usize, length: i32, index: i32): f64 {
  return <u32>index < <u32>length ? load<f64>(vector + ((<usize>index) << 9)) : NaN;
}

/** Nothing is written outside. */
export function setElement(vector: usize, length: i32, index: i32, value: f64): void {
  if (<u32>index < <u32>length) store<f64>(vector + ((<usize>index) << 9), value);
}

/** A uniform draw as a whole number in [0, range). */
export function integerOf(uniform: f64, range: i32): i32 {
  if (range < 1) fail();
  return <i32>floor(uniform * <f64>range);
}

/** Towards 0; the nearest i32 for what is outside, 0 for NaN. */
export function toInteger(x: f64): i32 {
  return <i32>x; // saturates: AssemblyScript's feature nontrapping-f2i
}
