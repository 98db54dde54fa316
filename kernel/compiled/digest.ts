// The 64-bit digests of two users: src/statistics/userDigest.ts is the reference.
import { fail } from "./functions";

/** Multiplies both halves by an odd number, and turns the whole by 29 bits. */
function stir(x: v128, odd: u32): v128 {
  const product = i32x4.mul(x, i32x4.splat(odd));
  return v128.or(i64x2.shl(product, 29), i64x2.shr_u(product, 35));
}

/** Folds rewards, the slots clicked and how many numbers a state has. */
export function foldReward(digest: v128, rewards: v128, choices: v128, numbers: i32): v128 {
  const more = v128.xor(choices, i64x2.splat((<i64>numbers) << 32));
  return stir(v128.xor(v128.xor(digest, rewards), more), 0x9e3779b1);
}

/** Folds a number of the state. */
export function foldNumber(digest: v128, x: v128): v128 {
  return stir(v128.xor(digest, x), 0x85ebca77);
}

/**
 * Stores digests of those whose episodes go on, whose numbers must be finite. A sum of magnitudes is, if all are; or it is above the largest
 * number: then the reference decides.
 */
export function keepDigest(at: usize, digest: v128, magnitudes: v128, active: usize): void {
  const goesOn = v128.load(active);
  if (v128.any_true(v128.andnot(goesOn, f64x2.lt(magnitudes, f64x2.splat(Infinity))))) fail();
  v128.store(at, v128.bitselect(digest, v128.load(at), goesOn));
}
