// From random words to fractions.
import { MIDPOINT_START, UNIT_32, UNIT_32_START } from "./constants";
import { asDoubles, spread, sub } from "./vector";

/** word·2^-32, in [0, 1). */
export function fractions(words: v128): v128 {
  return sub(asDoubles(words, UNIT_32), spread(UNIT_32_START));
}

/** (word + 1/2)·2^-32, in (0, 1). */
export function midpoints(words: v128): v128 {
  return sub(asDoubles(words, UNIT_32), spread(MIDPOINT_START));
}

/** floor(words·range·2^-32), in [0, range). */
export function scaled(words: v128, range: i32): v128 {
  const by = i32x4.splat(range);
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(words, by), i64x2.extmul_high_i32x4_u(words, by), 1, 3, 5, 7);
}
