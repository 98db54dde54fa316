// A user's 64-bit digest: src/statistics/userDigest.ts is the reference.
import { fail } from "./functions";

/** Multiplies both halves by an odd number, and turns the whole by 29 bits. */
function stir(x: u64, odd: u32): u64 {
  const product = <u64>(<u32>x * odd) | ((<u64>(<u32>(x >> 32) * odd)) << 32);
  return rotl<u64>(product, 29);
}

/** Folds a reward, the slot clicked and how many numbers a state has. */
export function foldReward(digest: u64, reward: f64, choice: i32, numbers: i32): u64 {
  return stir(digest ^ reinterpret<u64>(reward) ^ <u64>choice ^ ((<u64>numbers) << 32), 0x9e3779b1);
}

/** Folds a number of the state, which must be finite. */
export function foldNumber(digest: u64, x: f64): u64 {
  if (!(abs(x) < Infinity)) fail();
  return stir(digest ^ reinterpret<u64>(x), 0x85ebca77);
}
