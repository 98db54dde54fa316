// Sums that leave the kernel: the series of every step, and at the end of a life the user's own totals.
import {
  CHOICE,
  CLICKED,
  CLICKED_MAX,
  CLICKED_MIN,
  CLICKED_SQUARES,
  CLICKED_SUM,
  DIGEST,
  ENGAGEMENT,
  EXPOSURE,
  PAST,
  ROW,
  SATISFACTION,
  SERIES,
  TOTAL_ENGAGEMENT,
} from "./layout";
import { add, madd, select } from "./vector";
import { slateSize } from "./world";

/** f64[20]: [sum, sum of squares, min, max] of total engagement, satisfaction, exposure; then clicks, see `closeClicks`. */
export const TOTALS: usize = memory.data(160, 16);
/** f64[32]: choices that went past slot s. */
export const PAST_TOTALS: usize = memory.data(256, 16);
/** The users' digests, added modulo 2^64. */
export const DIGEST_TOTAL: usize = memory.data(8, 16);

export function openTotals(steps: i32): void {
  memory.fill(TOTALS, 0, 160);
  memory.fill(PAST_TOTALS, 0, 256);
  memory.fill(SERIES, 0, <usize>steps * 64);
  store<u64>(DIGEST_TOTAL, 0);
  for (let at = TOTALS; at < TOTALS + 96; at += 32) openRange(at + 16);
  openRange(TOTALS + 96 + 24);
}

function openRange(at: usize): void {
  store<f64>(at, f64.MAX_VALUE);
  store<f64>(at, -f64.MAX_VALUE, 8);
}

export function openTally(): void {
  memory.fill(CLICKED_SUM, 0, ROW);
  memory.fill(CLICKED_SQUARES, 0, ROW);
  memory.fill(PAST, 0, <usize>slateSize * ROW);
  for (let i: usize = 0; i < ROW; i += 8) {
    store<f64>(CLICKED_MIN + i, f64.MAX_VALUE);
    store<f64>(CLICKED_MAX + i, -f64.MAX_VALUE);
  }
}

/** Educativeness of what was clicked, user by user. */
export function tallyClicks(users: i32): void {
  const declined = i64x2.splat(slateSize);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const k = v128.load(i, CLICKED);
    const none = i64x2.eq(v128.load(i, CHOICE), declined);
    const least = v128.load(i, CLICKED_MIN);
    const most = v128.load(i, CLICKED_MAX);
    v128.store(i, add(v128.load(i, CLICKED_SUM), k), CLICKED_SUM);
    v128.store(i, madd(k, k, v128.load(i, CLICKED_SQUARES)), CLICKED_SQUARES);
    v128.store(i, select(least, f64x2.pmin(least, k), none), CLICKED_MIN);
    v128.store(i, select(most, f64x2.pmax(most, k), none), CLICKED_MAX);
  }
}

/** Adds the step's engagement and satisfaction to the series: one running sum of the even users, one of the odd. */
export function tallySeries(users: i32, step: i32): void {
  if (users & 1) silence(users);
  const at = SERIES + ((<usize>step) << 6);
  let engagement = v128.load(at);
  let engagementSquares = v128.load(at, 16);
  let satisfaction = v128.load(at, 32);
  let satisfactionSquares = v128.load(at, 48);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const e = v128.load(i, ENGAGEMENT);
    const s = v128.load(i, SATISFACTION);
    engagement = add(engagement, e);
    engagementSquares = madd(e, e, engagementSquares);
    satisfaction = add(satisfaction, s);
    satisfactionSquares = madd(s, s, satisfactionSquares);
  }
  v128.store(at, engagement);
  v128.store(at, engagementSquares, 16);
  v128.store(at, satisfaction, 32);
  v128.store(at, satisfactionSquares, 48);
}

/** The last tile may end in the middle of a pair: the lane beyond it lives on, but adds nothing. */
function silence(lane: i32): void {
  store<f64>(ENGAGEMENT + ((<usize>lane) << 3), 0);
  store<f64>(SATISFACTION + ((<usize>lane) << 3), 0);
}

/** Takes the lives of a tile into the totals, in the order of the users. */
export function closeTally(users: i32, steps: i32): void {
  for (let user: usize = 0; user < <usize>users; user++) {
    const lane = user << 3;
    closeValue(TOTALS, load<f64>(TOTAL_ENGAGEMENT + lane));
    closeValue(TOTALS + 32, load<f64>(SATISFACTION + lane));
    closeValue(TOTALS + 64, load<f64>(EXPOSURE + lane));
    closeClicks(TOTALS + 96, lane, steps);
    store<u64>(DIGEST_TOTAL, load<u64>(DIGEST_TOTAL) + load<u64>(DIGEST + lane));
  }
}

function accumulate(at: usize, x: f64): void {
  store<f64>(at, load<f64>(at) + x);
}

function stretch(at: usize, least: f64, most: f64): void {
  store<f64>(at, min(load<f64>(at), least));
  store<f64>(at, max(load<f64>(at, 8), most), 8);
}

function closeValue(at: usize, x: f64): void {
  accumulate(at, x);
  accumulate(at + 8, x * x);
  stretch(at + 16, x, x);
}

/** [clicks, sum k, sum k², min, max, then by user: clicks², (sum k)², clicks · sum k]. */
function closeClicks(at: usize, lane: usize, steps: i32): void {
  let clicks = steps;
  for (let slot = 0; slot < slateSize; slot++) {
    const past = <i32>load<i64>(PAST + <usize>slot * ROW + lane);
    accumulate(PAST_TOTALS + ((<usize>slot) << 3), <f64>past);
    if (slot == slateSize - 1) clicks -= past;
  }
  const count = <f64>clicks;
  const sum = load<f64>(CLICKED_SUM + lane);
  accumulate(at, count);
  accumulate(at + 8, sum);
  accumulate(at + 16, load<f64>(CLICKED_SQUARES + lane));
  stretch(at + 24, load<f64>(CLICKED_MIN + lane), load<f64>(CLICKED_MAX + lane));
  accumulate(at + 40, count * count);
  accumulate(at + 48, sum * sum);
  accumulate(at + 56, count * sum);
}
