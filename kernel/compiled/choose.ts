// The user's choice, one user after another: src/choice is the reference, the same operations in the same order.
import { exp, fail } from "./functions";
import { CHOICES, ROW, SCORES, WORD_ROW } from "./memory";

const LOWEST: f64 = -700.0;

function weightOf(logit: f64): f64 {
  return logit < LOWEST ? 0.0 : exp(logit);
}

/** Turns the scores of one user into chances. */
export function chancesOfLogit(row: usize, slateSize: i32, noClickLogit: f64): void {
  const last = row + <usize>slateSize * ROW;
  let largest = noClickLogit;
  for (let at = row; at < last; at += ROW) {
    const score = load<f64>(at);
    if (!(abs(score) < Infinity)) fail();
    largest = max(largest, score);
  }
  for (let at = row; at < last; at += ROW) store<f64>(at, weightOf(load<f64>(at) - largest));
  store<f64>(last, weightOf(noClickLogit - largest));
  share(row, last);
  share(row, last);
}

export function chancesOfProportions(row: usize, slateSize: i32, minNormalizer: f64, noClickMass: f64): void {
  const last = row + <usize>slateSize * ROW;
  store<f64>(last, noClickMass);
  let largest: f64 = 0;
  for (let at = row; at <= last; at += ROW) {
    const score = load<f64>(at);
    if (!(score >= minNormalizer && score < Infinity)) fail();
    store<f64>(at, score - minNormalizer);
    largest = max(largest, score - minNormalizer);
  }
  if (!(largest > 0.0 && largest * <f64>(slateSize + 1) < Infinity)) fail();
  share(row, last);
}

function sumOf(row: usize, last: usize): f64 {
  let sum: f64 = 0;
  for (let at = row; at <= last; at += ROW) sum += load<f64>(at);
  return sum;
}

/** Each weight's share of their sum. */
function share(row: usize, last: usize): void {
  const total = sumOf(row, last);
  for (let at = row; at <= last; at += ROW) store<f64>(at, load<f64>(at) / total);
}

/** The index that a uniform draw picks by inverse CDF. */
export function pick(row: usize, slateSize: i32, uniform: f64): i32 {
  const last = row + <usize>slateSize * ROW;
  const point = uniform * sumOf(row, last);
  let sum: f64 = 0;
  let index = 0;
  for (let at = row; at < last; at += ROW) {
    sum += load<f64>(at);
    index += i32(point >= sum);
  }
  return index;
}

/** The scores of a lane. */
export function scoresOf(lane: usize): usize {
  return SCORES + (lane << 3);
}

export function choiceAt(step: i32, lane: usize): usize {
  return CHOICES + <usize>step * WORD_ROW + (lane << 2);
}
