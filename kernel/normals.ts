// One Box–Muller pair a step from one Philox block, with 53-bit radius and angle: the cosine drives engagement, the
// sine innovation.
import { ENGAGEMENT_NORMAL, INNOVATION_NORMAL, WORD_ROW } from "./layout";
import { normalRow } from "./drawList";
import { cosineQuarter, minusTwoLog53, sineQuarter } from "./numeric";
import { add, asDoubles, both, mul, sub, wordPair } from "./vector";

/** sqrt(-2·ln u), u = (2^53 - (high, low))·2^-53 in (0, 1]. */
function radius(high: v128, low: v128): v128 {
  // 2^73 + high·2^21 and 2^52 + (low >> 11), both taken from 2^73 + 2^53 + 2^52: exact.
  const start = both(9444732965739290427392.0 + 13510798882111488.0);
  const v = sub(sub(start, asDoubles(high, 0x44800000)), asDoubles(i32x4.shr_u(low, 11), 0x43300000));
  return f64x2.sqrt(minusTwoLog53(v));
}

/** Distance from the middle of its quarter turn, in [-1/2, 1/2): 30 bits of the high word and 21 of the low one. */
function withinQuarter(high: v128, low: v128): v128 {
  const coarse = asDoubles(v128.and(high, i32x4.splat(0x3fffffff)), 0x41500000);
  return add(sub(coarse, both(4194304.0 + 2.5)), asDoubles(i32x4.shr_u(low, 11), 0x40000000));
}

/** Bit 31 of each of two words, moved to the sign of a double. */
function signs(words: v128): v128 {
  const wide = v128.shuffle<i32>(i32x4.splat(0), words, 0, 4, 1, 5);
  return v128.and(wide, i64x2.splat(0x8000000000000000));
}

/** All ones where the quarter is odd: there sine and cosine change places. */
function oddQuarter(turned: v128): v128 {
  const mask = i32x4.shr_s(i32x4.shl(turned, 1), 31);
  return v128.shuffle<i32>(mask, mask, 0, 0, 1, 1);
}

export function normals(users: i32): void {
  const words = normalRow(0);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 8) {
    const r = radius(wordPair(words + i), wordPair(words + WORD_ROW + i));
    // An eighth of a turn ahead, so that the two top bits number the quarters around 0, 1/4, 1/2 and 3/4 turn.
    const turned = i32x4.add(wordPair(words + 2 * WORD_ROW + i), i32x4.splat(0x20000000));
    const f = withinQuarter(turned, wordPair(words + 3 * WORD_ROW + i));
    const ff = mul(f, f);
    const sine = sineQuarter(f, ff);
    const cosine = cosineQuarter(ff);
    const swap = v128.and(v128.xor(sine, cosine), oddQuarter(turned));
    const cosineSign = signs(i32x4.add(turned, i32x4.splat(0x40000000)));
    v128.store(ENGAGEMENT_NORMAL + 2 * i, mul(r, v128.xor(v128.xor(cosine, swap), cosineSign)));
    v128.store(INNOVATION_NORMAL + 2 * i, mul(r, v128.xor(v128.xor(sine, swap), signs(turned))));
  }
}
