// The user's choice: at most one document of the slate, by inverse CDF over the weights e^(1/2 - k).
import { CHOICE, CLICKED, PAST, ROW, SLATE } from "./layout";
import { choiceRow } from "./drawList";
import { shortExp } from "./numeric";
import { midpoints } from "./uniform";
import { add, both, mul, select, sub, wordPair } from "./vector";
import { CHOOSE_FIRST, NO_CLICK_WEIGHT, choiceModel, parameter, slateSize } from "./world";

/** Running sums of the weights of one pair of users. */
const CUMULATIVE: usize = memory.data(512, 16);

function weight(k: v128): v128 {
  return shortExp(sub(both(0.5), k));
}

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
    v128.store(CLICKED + i, v128.load(SLATE + i));
    v128.store(CHOICE + i, i64x2.splat(0));
  }
}

/** The common shape in registers. */
function chooseOfThree(users: i32): void {
  const uniforms = choiceRow();
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const k0 = v128.load(SLATE + i);
    const k1 = v128.load(SLATE + i, 512);
    const k2 = v128.load(SLATE + i, 1024);
    const sum0 = weight(k0);
    const sum1 = add(sum0, weight(k1));
    const point = mul(midpoints(wordPair(uniforms + (i >> 1))), add(sum1, weight(k2)));
    const past0 = countPast(0, i, f64x2.ge(point, sum0));
    const past1 = countPast(1, i, f64x2.ge(point, sum1));
    v128.store(CLICKED + i, select(k2, select(k1, k0, past0), past1));
    v128.store(CHOICE + i, i64x2.sub(i64x2.neg(past0), past1));
  }
}

/** Any slate, no click last. */
function chooseOfMany(users: i32): void {
  const uniforms = choiceRow();
  const last = slateSize - 1;
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    let sum = weight(v128.load(SLATE + i));
    v128.store(CUMULATIVE, sum);
    for (let s = 1; s <= last; s++) {
      sum = add(sum, weight(v128.load(SLATE + <usize>s * ROW + i)));
      v128.store(CUMULATIVE + ((<usize>s) << 4), sum);
    }
    const point = mul(midpoints(wordPair(uniforms + (i >> 1))), add(sum, parameter(NO_CLICK_WEIGHT)));
    let k = v128.load(SLATE + i);
    let choice = i64x2.splat(0);
    for (let s = 0; s < last; s++) {
      const past = countPast(s, i, f64x2.ge(point, v128.load(CUMULATIVE + ((<usize>s) << 4))));
      k = select(v128.load(SLATE + <usize>(s + 1) * ROW + i), k, past);
      choice = i64x2.sub(choice, past);
    }
    const past = countPast(last, i, f64x2.ge(point, sum));
    v128.store(CLICKED + i, v128.andnot(k, past));
    v128.store(CHOICE + i, i64x2.sub(choice, past));
  }
}
