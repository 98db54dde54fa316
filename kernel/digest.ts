// Each user's 64-bit digest, folded over the bits of every step. Every operation can be undone, so one changed word
// always shows (ARCHITECTURE.md, "Digest").
import { CHOICE, DIGEST, ENGAGEMENT, EXPOSURE } from "./layout";

const ODD0: i32 = 0x9e3779b1;
const ODD1: i32 = 0x85ebca77;

/** Multiplies both halves by an odd number and turns the whole by 29 bits. */
function stir(x: v128, odd: i32): v128 {
  const product = i32x4.mul(x, i32x4.splat(odd));
  return v128.or(i64x2.shl(product, 29), i64x2.shr_u(product, 35));
}

/** A digest begins with its user's number. */
export function openDigest(firstUser: u32, users: i32): void {
  for (let i = 0; i < users; i++) store<u64>(DIGEST + ((<usize>i) << 3), <u64>(firstUser + i));
}

export function fold(users: i32, budget: i32): void {
  const budgetWord = i64x2.splat((<i64>budget) << 32);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const once = stir(v128.xor(v128.load(i, DIGEST), v128.load(i, ENGAGEMENT)), ODD0);
    const rest = v128.xor(v128.load(i, EXPOSURE), v128.or(v128.load(i, CHOICE), budgetWord));
    v128.store(i, stir(v128.xor(once, rest), ODD1), DIGEST);
  }
}
