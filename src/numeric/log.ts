import { highWord, scaleByPowerOfTwo } from "./bits.js";

/** ln2 in two parts: products of the first with whole numbers below 2^20 are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Upper word of the double nearest to √½. */
const ROOT_HALF = 0x3fe6a09e;

/**
 * ln x for finite x ≥ 2^-1022, at most 1 ulp off: x = m·2^n with m about 1, ln m = 2·artanh(s) with s = (m - 1)/(m + 1).
 */
export function log(x: number): number {
  const n = (highWord(x) - ROOT_HALF) >> 20;
  const f = scaleByPowerOfTwo(x, -n) - 1;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  return n * LN2_HIGH - (half - (s * (half + tail(s * s)) + n * LN2_LOW) - f);
}

/** 2/3·z + 2/5·z² + …: what 2·artanh(s)/s is above 2, for z = s² ≤ 0.0295. */
function tail(z: number): number {
  let sum = 0;
  for (let odd = 23; odd >= 3; odd -= 2) sum = (sum + 2 / odd) * z;
  return sum;
}
