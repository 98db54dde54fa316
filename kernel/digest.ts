// Each user's 64-bit digest, folded over the bits of every step. Every operation can be undone, so one changed word
// always shows (docs/specification.md, "Digest").
import { CHOICE, DIGEST, ENGAGEMENT, EXPOSURE } from "./layout";
import { BUDGET } from "./users";

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

/** The digests of a pair of users after a step; the upper halves of `budget` are the time budget left. */
export function folded(digest: v128, engagement: v128, exposure: v128, choice: v128, budget: v128): v128 {
  const once = stir(v128.xor(digest, engagement), ODD0);
  return stir(v128.xor(once, v128.xor(exposure, v128.or(choice, budget))), ODD1);
}

/** A number of steps as the upper halves of what is folded. */
export function budgetHalves(steps: i32): v128 {
  return i64x2.splat((<i64>steps) << 32);
}

/** Folds a step of a batch; `tally` does that in its own loop. */
export function fold(users: i32, step: i32): void {
  const stepHalf = budgetHalves(step + 1);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const engagement = v128.load(i, ENGAGEMENT);
    const choice = v128.load(i, CHOICE);
    v128.store(
      i,
      folded(
        v128.load(i, DIGEST),
        engagement,
        v128.load(i, EXPOSURE),
        choice,
        i64x2.sub(v128.load(i, BUDGET), stepHalf),
      ),
      DIGEST,
    );
  }
}
