// One Box–Muller pair a step from one Philox block, with 53-bit radius and angle: the cosine drives engagement, the
// sine innovation.
import { COSINE, SINE } from "./coefficients";
import { BELOW_ENTRY, HALF_ENTRY, TURN_START, UNIT_32, UNIT_53, UNIT_UP_0, UNIT_UP_21, WHOLE_START } from "./constants";
import { normalRow } from "./drawList";
import { ENGAGEMENT_NORMAL, INNOVATION_NORMAL, WORD_ROW } from "./layout";
import { minusTwoLog53 } from "./numeric";
import { CIRCLE } from "./tables";
import { add, asDoubles, madd, mul, spread, spreadWord, sub, wordPair } from "./vector";

/** sqrt(-2·ln u), u = (2^53 - (high, low))·2^-53 in (0, 1]. */
function radius(high: v128, low: v128): v128 {
  const v = sub(sub(spread(WHOLE_START), asDoubles(high, UNIT_UP_21)), asDoubles(i32x4.shr_u(low, 11), UNIT_UP_0));
  return f64x2.sqrt(minusTwoLog53(v));
}

/** Turns from the nearest entry of CIRCLE, in [-2^-9, 2^-9): 24 bits of the high word and 21 of the low one. */
function beyondEntry(high: v128, low: v128): v128 {
  const ahead = i32x4.add(high, spreadWord(HALF_ENTRY));
  const coarse = asDoubles(v128.and(ahead, spreadWord(BELOW_ENTRY)), UNIT_32);
  return add(sub(coarse, spread(TURN_START)), asDoubles(i32x4.shr_u(low, 11), UNIT_53));
}

/** Cosine and sine at the entry nearest to the angle whose high word is at `at`. */
function entry(at: usize): v128 {
  return v128.load(CIRCLE + <usize>(((load<u32>(at) + 0x00800000) >> 24) << 4));
}

function quadratic(table: usize, x: v128): v128 {
  return madd(madd(spread(table + 16), x, spread(table + 8)), x, spread(table));
}

export function normals(users: i32): void {
  const words = normalRow(0);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 8) {
    const angle = words + 2 * WORD_ROW + i;
    const first = entry(angle);
    const second = entry(angle + 4);
    const c = v128.shuffle<i64>(first, second, 0, 2);
    const s = v128.shuffle<i64>(first, second, 1, 3);
    const t = beyondEntry(wordPair(angle), wordPair(angle + WORD_ROW));
    const tt = mul(t, t);
    const sine = mul(t, quadratic(SINE, tt));
    const lessCosine = mul(tt, quadratic(COSINE, tt));
    const r = radius(wordPair(words + i), wordPair(words + WORD_ROW + i));
    v128.store(2 * i, mul(r, add(c, sub(mul(c, lessCosine), mul(s, sine)))), ENGAGEMENT_NORMAL);
    v128.store(2 * i, mul(r, add(s, madd(s, lessCosine, mul(c, sine)))), INNOVATION_NORMAL);
  }
}
