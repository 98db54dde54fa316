import { minusTwoLog53 } from "../numeric/logarithm.js";
import { circlePoint } from "../numeric/circle.js";

const TWO_21 = 0x200000;
const TWO_32 = 0x100000000;
const TWO_53 = 0x20000000000000;
/** Half of 1/256 of a turn, in units of 2^-32. */
const HALF_ENTRY = 0x00800000;

/**
 * Two independent standard normals from one Philox block: Box and Muller (1958) with a 53-bit radius from words 0 and 1
 * and a 53-bit angle from words 2 and 3. Returns [R·cos θ, R·sin θ].
 */
export function normalPair(words: Uint32Array): [number, number] {
  const radius = Math.sqrt(minusTwoLog53(TWO_53 - (words[0]! * TWO_21 + (words[1]! >>> 11))));
  const ahead = (words[2]! + HALF_ENTRY) >>> 0;
  const beyond = ((ahead & 0x00ffffff) - HALF_ENTRY) / TWO_32 + (words[3]! >>> 11) / TWO_53;
  const { cosine, sine } = circlePoint(ahead >>> 24, beyond);
  return [radius * cosine, radius * sine];
}
