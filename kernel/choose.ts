// The user's choice: at most one document of the slate, by inverse CDF over the weights e^(1/2 - k).
import { CHOICE, CLICKED, PAST, ROW } from "./layout";
import { choiceRow } from "./drawList";
import { expHalfLess, expHalfLessWords } from "./numeric";
import { slateInWords, slotRow } from "./slate";
import { fractions, midpoints } from "./uniform";
import { add, mul, select, spread, wordPair } from "./vector";
import { CHOOSE_FIRST, NO_CLICK_WEIGHT, choiceModel, slateSize } from "./world";

/** Running sums of the weights of one pair of users. */
const CUMULATIVE: usize = memory.data(512, 16);

/** Counts, user by user, the steps in which the choice went past slot s. */
function countPast(s: i32, i: usize, past: v128): v128 {
  const at = PAST + <usize>s * ROW + i;
  v128.store(at, i64x2.sub(v128.load(at), past));
  return past;
}

export function choose(users: i32, mayDecline: bool): void {
  if (choiceModel == CHOOSE_FIRST) chooseFirst(users);
  else if (slateSize == 3 && !mayDecline) chooseOfThree(users);
  else chooseOfMany(users);
}

function chooseFirst(users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    v128.store(i, educativeness(slotRow(0), i), CLICKED);
    v128.store(i, i64x2.splat(0), CHOICE);
  }
}

/** Values of a slot's document, and its weight, for the pair of users whose f64 are at `i`. */
export function educativeness(row: usize, i: usize): v128 {
  if (slateInWords) return fractions(wordPair(row + (i >> 1)));
  return v128.load(row + i);
}

export function choiceWeight(row: usize, i: usize): v128 {
  if (slateInWords) return expHalfLessWords(row + (i >> 1));
  return expHalfLess(v128.load(row + i));
}

/** The common shape in registers; one loop for each kind of row, as asking inside it would cost 2 %. */
function chooseOfThree(users: i32): void {
  if (slateInWords) chooseOfThreeWords(users);
  else chooseOfThreeFractions(users);
}

function chooseOfThreeWords(users: i32): void {
  const row0 = slotRow(0);
  const row1 = slotRow(1);
  const row2 = slotRow(2);
  const uniforms = choiceRow();
  for (let w: usize = 0; w < (<usize>users) << 2; w += 8) {
    const sum0 = expHalfLessWords(row0 + w);
    const sum1 = add(sum0, expHalfLessWords(row1 + w));
    const point = mul(midpoints(wordPair(uniforms + w)), add(sum1, expHalfLessWords(row2 + w)));
    const k0 = fractions(wordPair(row0 + w));
    const k1 = fractions(wordPair(row1 + w));
    settle(k0, k1, fractions(wordPair(row2 + w)), sum0, sum1, point, 2 * w);
  }
}

function chooseOfThreeFractions(users: i32): void {
  const row0 = slotRow(0);
  const row1 = slotRow(1);
  const row2 = slotRow(2);
  const uniforms = choiceRow();
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const k0 = v128.load(row0 + i);
    const k1 = v128.load(row1 + i);
    const k2 = v128.load(row2 + i);
    const sum0 = expHalfLess(k0);
    const sum1 = add(sum0, expHalfLess(k1));
    const total = add(sum1, expHalfLess(k2));
    settle(k0, k1, k2, sum0, sum1, mul(midpoints(wordPair(uniforms + (i >> 1))), total), i);
  }
}

/** Stores the choice of the pair of users whose f64 lie at `i`, and returns it. */
function settle(k0: v128, k1: v128, k2: v128, sum0: v128, sum1: v128, point: v128, i: usize): v128 {
  const past0 = countPast(0, i, f64x2.ge(point, sum0));
  const past1 = countPast(1, i, f64x2.ge(point, sum1));
  const choice = i64x2.sub(i64x2.neg(past0), past1);
  v128.store(i, select(k2, select(k1, k0, past0), past1), CLICKED);
  v128.store(i, choice, CHOICE);
  return choice;
}

/** Any slate, no click last. */
function chooseOfMany(users: i32): void {
  const uniforms = choiceRow();
  const last = slateSize - 1;
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    let sum = choiceWeight(slotRow(0), i);
    v128.store(CUMULATIVE, sum);
    for (let s = 1; s <= last; s++) {
      sum = add(sum, choiceWeight(slotRow(s), i));
      v128.store(CUMULATIVE + ((<usize>s) << 4), sum);
    }
    const point = mul(midpoints(wordPair(uniforms + (i >> 1))), add(sum, spread(NO_CLICK_WEIGHT)));
    let k = educativeness(slotRow(0), i);
    let choice = i64x2.splat(0);
    for (let s = 0; s < last; s++) {
      const past = countPast(s, i, f64x2.ge(point, v128.load(CUMULATIVE + ((<usize>s) << 4))));
      k = select(educativeness(slotRow(s + 1), i), k, past);
      choice = i64x2.sub(choice, past);
    }
    const past = countPast(last, i, f64x2.ge(point, sum));
    v128.store(i, v128.andnot(k, past), CLICKED);
    v128.store(i, i64x2.sub(choice, past), CHOICE);
  }
}
