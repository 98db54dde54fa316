import { highWord, lowWord, scaleByPowerOfTwo } from "./bits.js";
import { polynomial } from "./polynomial.js";

/** ln((1+s)/(1-s)) - 2s = s·z·(c0 + c1·z + …), z = s²: fdlibm's e_log.c. */
const LOG = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
];
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
/** The words of sqrt(1/2): mantissas are taken from sqrt(1/2) to sqrt(2). */
const SQRT_HALF_HIGH = 0x3fe6a09e;
const SQRT_HALF_LOW = 0x667f3bcd;

/** -2·ln(v·2^-53) for v in [1, 2^53], at most 1 ulp off: the square of a Box–Muller radius. */
export function minusTwoLog53(v: number): number {
  const borrow = lowWord(v) >>> 0 < SQRT_HALF_LOW ? 1 : 0;
  const power = (highWord(v) - SQRT_HALF_HIGH - borrow) >> 20;
  const f = scaleByPowerOfTwo(v, -power) - 1;
  const exponent = power - 53;
  const s = f / (2 + f);
  const z = s * s;
  const half = f * f * 0.5;
  const rest = s * (half + z * polynomial(LOG, z, z * z)) + exponent * LN2_LOW;
  return -2 * (exponent * LN2_HIGH - (half - rest - f));
}
