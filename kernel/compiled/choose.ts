// The choices of two users at a time: src/choice is the reference, the same operations in the same order.
import { exp as shortExp } from "../numeric";
import { exp, fail } from "./functions";
import { ACTIVE, CHOICES, ROW, SCORES } from "./memory";
import { CHOICE_MODEL } from "./world";

/** In the order of CHOICE_MODELS in src/compiler/choiceNumbers.ts. */
const LOGIT: i32 = 0;
const PROPORTIONAL: i32 = 1;
const EXPONENTIAL_CASCADE: i32 = 2;

/** Logits below weigh nothing. */
const LOWEST: f64 = -700.0;
/** Where e^x is normal. */
const LOWEST_EXPONENT: f64 = -708.0;

/** Chooses for all users at a step, from their scores, which are lost. The numbers of the model are in the order of a world file. */
export function chooseByModel(users: i32, slateSize: i32, first: f64, second: f64, third: f64, uniforms: usize): void {
  if (CHOICE_MODEL == LOGIT) chooseByLogit(users, slateSize, first, uniforms);
  else if (CHOICE_MODEL == PROPORTIONAL) chooseByProportion(users, slateSize, first, second, uniforms);
  else if (CHOICE_MODEL == EXPONENTIAL_CASCADE) chooseByCascade(users, slateSize, 0, first, second, uniforms);
  else chooseByCascade(users, slateSize, first, second, third, uniforms);
}

function chooseByLogit(users: i32, slateSize: i32, noClickLogit: f64, uniforms: usize): void {
  if (slateSize == 3 && noClickLogit == -Infinity) chooseOfThree(users, uniforms);
  else chooseOfMany(users, slateSize, noClickLogit, uniforms);
}

/** The common shape in registers: one of three, and always one. What no click adds to a sum is 0. */
function chooseOfThree(users: i32, uniforms: usize): void {
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const score0 = v128.load(SCORES + i);
    const score1 = v128.load(SCORES + i, 512);
    const score2 = v128.load(SCORES + i, 1024);
    const largest = f64x2.max(f64x2.max(score0, score1), score2);
    // A sum of magnitudes is finite if all are, or above the largest number: then the reference decides.
    const magnitudes = f64x2.add(f64x2.add(f64x2.abs(score0), f64x2.abs(score1)), f64x2.abs(score2));
    expect(f64x2.lt(magnitudes, f64x2.splat(Infinity)), i);
    let share0 = weightOf(f64x2.sub(score0, largest));
    let share1 = weightOf(f64x2.sub(score1, largest));
    let share2 = weightOf(f64x2.sub(score2, largest));
    for (let twice = 0; twice < 2; twice++) {
      const total = f64x2.add(f64x2.add(share0, share1), share2);
      share0 = f64x2.div(share0, total);
      share1 = f64x2.div(share1, total);
      share2 = f64x2.div(share2, total);
    }
    const sum1 = f64x2.add(share0, share1);
    const point = f64x2.mul(v128.load(uniforms + i), f64x2.add(sum1, share2));
    let index = i64x2.neg(f64x2.ge(point, share0));
    index = i64x2.sub(index, f64x2.ge(point, sum1));
    index = i64x2.sub(index, f64x2.ge(point, f64x2.add(sum1, share2)));
    keepChoice(index, i);
  }
}

function chooseOfMany(users: i32, slateSize: i32, noClickLogit: f64, uniforms: usize): void {
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
    pick(SCORES + i, last, i, uniforms);
  }
}

/** The same, where scores are proportions. */
function chooseByProportion(users: i32, slateSize: i32, minNormalizer: f64, noClickMass: f64, uniforms: usize): void {
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
    pick(SCORES + i, last, i, uniforms);
  }
}

/** Looks at one document after the other: a chance above 1, and a score that is no number, are the reference's to refuse. */
function chooseByCascade(
  users: i32,
  slateSize: i32,
  minNormalizer: f64,
  scoreScaling: f64,
  attentionProbability: f64,
  uniforms: usize,
): void {
  const attention = f64x2.splat(attentionProbability);
  const one = f64x2.splat(1);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const last = SCORES + <usize>slateSize * ROW + i;
    let still = one;
    let legal = i64x2.splat(-1);
    for (let at = SCORES + i; at < last; at += ROW) {
      const score = v128.load(at);
      const click = f64x2.mul(f64x2.splat(scoreScaling), cascadeValue(score, minNormalizer));
      legal = v128.and(legal, v128.and(isCascadeScore(score, minNormalizer), f64x2.le(click, one)));
      v128.store(at, f64x2.mul(f64x2.mul(still, attention), click));
      still = f64x2.mul(still, f64x2.sub(one, f64x2.mul(attention, click)));
    }
    v128.store(last, still);
    expect(legal, i);
    share(SCORES + i, last);
    pick(SCORES + i, last, i, uniforms);
  }
}

function cascadeValue(score: v128, minNormalizer: f64): v128 {
  if (CHOICE_MODEL == EXPONENTIAL_CASCADE) return exp(score);
  return f64x2.sub(score, f64x2.splat(minNormalizer));
}

/** Infinite scores of the proportional cascade have chances that are none. */
function isCascadeScore(score: v128, minNormalizer: f64): v128 {
  if (CHOICE_MODEL == EXPONENTIAL_CASCADE) return f64x2.lt(f64x2.abs(score), f64x2.splat(Infinity));
  return f64x2.ge(score, f64x2.splat(minNormalizer));
}

/** Fails unless a condition holds for both users, or for those whose episodes go on. */
function expect(condition: v128, i: usize): void {
  if (v128.any_true(v128.andnot(v128.load(ACTIVE + i), condition))) fail();
}

function weightOf(logit: v128): v128 {
  const weight = shortExp(f64x2.max(logit, f64x2.splat(LOWEST_EXPONENT)));
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
function pick(row: usize, last: usize, i: usize, uniforms: usize): void {
  const point = f64x2.mul(v128.load(uniforms + i), sumOf(row, last));
  let sum = f64x2.splat(0);
  let index = i64x2.splat(0);
  for (let at = row; at < last; at += ROW) {
    sum = f64x2.add(sum, v128.load(at));
    index = i64x2.sub(index, f64x2.ge(point, sum));
  }
  keepChoice(index, i);
}

function keepChoice(index: v128, i: usize): void {
  v128.store64_lane(CHOICES + (i >> 1), v128.shuffle<i32>(index, index, 0, 2, 0, 2), 0);
}
