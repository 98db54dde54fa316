import { highWord, scaleByPowerOfTwo } from "./bits.js";
import { polynomial } from "./polynomial.js";
import { LOGS } from "./tables.js";

/** -2·ln(1 + r) = r²·(c0 + c1·r + …) - 2r for |r| ≤ 2^-8. */
const LOG = [1, -0.6666666666292468, 0.49999999996725764, -0.40000653956833937, 0.3333390554578131];
const MINUS_TWO_LN2 = -1.3862943611198906;
/** Upper word of the double half an entry below the first of LOGS. */
const FIRST_ENTRY_EDGE = 0x3fe69800;

/** -2·ln(v·2^-53) for v in [1, 2^53], at most 2 ulp off: the square of a Box–Muller radius. */
export function minusTwoLog53(v: number): number {
  const offset = highWord(v) - FIRST_ENTRY_EDGE;
  const power = offset >> 20;
  const j = (offset >> 12) & 255;
  const entry = j < 150 ? (362 + j) / 512 : (106 + j) / 256;
  const r = (scaleByPowerOfTwo(v, -power) - entry) * LOGS[2 * j]!;
  const start = (power - 53) * MINUS_TWO_LN2 + LOGS[2 * j + 1]!;
  return r * r * polynomial(LOG, r, r * r) - (r + r) + start;
}
