// The choices of two users at a time: src/choice is the reference, the same operations in the same order.
import { exp } from "../numeric";
import { fail } from "./functions";
import { ACTIVE, CHOICES, ROW, SCORES, WORD_ROW } from "./memory";

/** Logits below weigh nothing. */
const LOWEST: f64 = -700.0;
/** Where e^x is normal. */
const LOWEST_EXPONENT: f64 = -708.0;

/** Chooses for all users at a step, from their scores, which are lost. */
export function chooseByLogit(step: i32, users: i32, slateSize: i32, noClickLogit: f64, uniforms: usize): void {
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const last = SCORES + <usize>slateSize * ROW + i;
    let largest = f64x2.splat(noClickLogit);
    let finite = i64x2.splat(-1);
    for (let at = SCORES + i; at < last; at += ROW) {
      const score = v128.load(at);
      finite = v128.and(finite, f64x2.lt(f64x2.abs(score), f64x2.splat(Infinity)));
      largest = f64x2.max(largest, score);
    }
    expect(finite, i);
    for (let at = SCORES + i; at < last; at += ROW) v128.store(at, weightOf(f64x2.sub(v128.load(at), largest)));
    v128.store(last, weightOf(f64x2.sub(f64x2.splat(noClickLogit), largest)));
    share(SCORES + i, last);
    share(SCORES + i, last);
    pick(SCORES + i, last, step, i, uniforms);
  }
}

/** The same, where scores are proportions. */
export function chooseByProportion(
  step: i32,
  users: i32,
  slateSize: i32,
  minNormalizer: f64,
  noClickMass: f64,
  uniforms: usize,
): void {
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const last = SCORES + <usize>slateSize * ROW + i;
    v128.store(last, f64x2.splat(noClickMass));
    let largest = f64x2.splat(0);
    let legal = i64x2.splat(-1);
    for (let at = SCORES + i; at <= last; at += ROW) {
      const weight = f64x2.sub(v128.load(at), f64x2.splat(minNormalizer));
      legal = v128.and(legal, f64x2.ge(v128.load(at), f64x2.splat(minNormalizer)));
      v128.store(at, weight);
      largest = f64x2.max(largest, weight);
    }
    legal = v128.and(legal, f64x2.gt(largest, f64x2.splat(0)));
    expect(v128.and(legal, f64x2.lt(f64x2.mul(largest, f64x2.splat(<f64>(slateSize + 1))), f64x2.splat(Infinity))), i);
    share(SCORES + i, last);
    pick(SCORES + i, last, step, i, uniforms);
  }
}

/** Fails unless a condition holds for both users, or for those whose episodes go on. */
function expect(condition: v128, i: usize): void {
  const ended = i64x2.eq(i64x2.extend_low_i32x4_u(v128.load64_zero(ACTIVE + (i >> 1))), i64x2.splat(0));
  if (!i64x2.all_true(v128.or(condition, ended))) fail();
}

function weightOf(logit: v128): v128 {
  const weight = exp(f64x2.max(logit, f64x2.splat(LOWEST_EXPONENT)));
  return v128.andnot(weight, f64x2.lt(logit, f64x2.splat(LOWEST)));
}

function sumOf(row: usize, last: usize): v128 {
  let sum = f64x2.splat(0);
  for (let at = row; at <= last; at += ROW) sum = f64x2.add(sum, v128.load(at));
  return sum;
}

/** Each weight's share of their sum. */
function share(row: usize, last: usize): void {
  const total = sumOf(row, last);
  for (let at = row; at <= last; at += ROW) v128.store(at, f64x2.div(v128.load(at), total));
}

/** Stores the slots that uniform draws pick by inverse CDF. */
function pick(row: usize, last: usize, step: i32, i: usize, uniforms: usize): void {
  const point = f64x2.mul(v128.load(uniforms + i), sumOf(row, last));
  let sum = f64x2.splat(0);
  let index = i64x2.splat(0);
  for (let at = row; at < last; at += ROW) {
    sum = f64x2.add(sum, v128.load(at));
    index = i64x2.sub(index, f64x2.ge(point, sum));
  }
  v128.store64_lane(CHOICES + <usize>step * WORD_ROW + (i >> 1), v128.shuffle<i32>(index, index, 0, 2, 0, 2), 0);
}
