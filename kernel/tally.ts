// What leaves the kernel: the digests, the series of every step, and at the end of a life the user's own totals.
import {
  CHOICE,
  CLICKED,
  CLICKED_RANGE,
  CLICKED_SQUARES,
  CLICKED_SUM,
  DIGEST,
  ENGAGEMENT,
  EXPOSURE,
  PAST,
  ROW,
  SATISFACTION,
  SERIES,
  RETURNS,
  TOTAL_ENGAGEMENT,
} from "./layout";
import { budgetHalves, folded } from "./digest";
import { add, madd } from "./vector";
import { slateSize } from "./world";

/** f64[20]: [sum, sum of squares, min, max] of total engagement, satisfaction, exposure; then clicks, see `closeClicks`. */
export const TOTALS: usize = memory.data(160, 16);
/** f64[32]: choices that went past slot s. */
export const PAST_TOTALS: usize = memory.data(256, 16);
/** The users' digests, added modulo 2^64. */
export const DIGEST_TOTAL: usize = memory.data(8, 16);

/** Users of the block whose lives are in the totals. */
let closed: usize = 0;

export function openTotals(steps: i32): void {
  closed = 0;
  memory.fill(TOTALS, 0, 160);
  memory.fill(PAST_TOTALS, 0, 256);
  memory.fill(SERIES, 0, <usize>steps * 64);
  store<u64>(DIGEST_TOTAL, 0);
  for (let at = TOTALS; at < TOTALS + 96; at += 32) openRange(at + 16);
  v128.store(CLICKED_RANGE, f64x2.splat(f64.MAX_VALUE));
  v128.store(CLICKED_RANGE, f64x2.splat(-f64.MAX_VALUE), 16);
}

function openRange(at: usize): void {
  store<f64>(at, f64.MAX_VALUE);
  store<f64>(at, -f64.MAX_VALUE, 8);
}

export function openTally(): void {
  memory.fill(CLICKED_SUM, 0, ROW);
  memory.fill(CLICKED_SQUARES, 0, ROW);
  memory.fill(PAST, 0, <usize>slateSize * ROW);
}

/**
 * Takes a step into every user's digest and sums, and into the series: one running sum of the even users and one of the odd.
 * All in one loop, as three took 4 % longer.
 */
export function tally(users: i32, step: i32, budget: i32): void {
  if (users & 1) silence(users);
  const declined = i64x2.splat(slateSize);
  const budgetHalf = budgetHalves(budget);
  let least = v128.load(CLICKED_RANGE);
  let most = v128.load(CLICKED_RANGE, 16);
  const series = SERIES + ((<usize>step) << 6);
  let engagement = v128.load(series);
  let engagementSquares = v128.load(series, 16);
  let satisfaction = v128.load(series, 32);
  let satisfactionSquares = v128.load(series, 48);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const k = v128.load(i, CLICKED);
    v128.store(i, add(v128.load(i, CLICKED_SUM), k), CLICKED_SUM);
    v128.store(i, madd(k, k, v128.load(i, CLICKED_SQUARES)), CLICKED_SQUARES);
    // Without a click it is made a NaN, which is no new extreme.
    const choice = v128.load(i, CHOICE);
    const clicked = v128.or(k, i64x2.eq(choice, declined));
    least = f64x2.pmin(least, clicked);
    most = f64x2.pmax(most, clicked);
    const e = v128.load(i, ENGAGEMENT);
    v128.store(i, folded(v128.load(i, DIGEST), e, v128.load(i, EXPOSURE), choice, budgetHalf), DIGEST);
    const s = v128.load(i, SATISFACTION);
    engagement = add(engagement, e);
    engagementSquares = madd(e, e, engagementSquares);
    satisfaction = add(satisfaction, s);
    satisfactionSquares = madd(s, s, satisfactionSquares);
  }
  v128.store(CLICKED_RANGE, least);
  v128.store(CLICKED_RANGE, most, 16);
  v128.store(series, engagement);
  v128.store(series, engagementSquares, 16);
  v128.store(series, satisfaction, 32);
  v128.store(series, satisfactionSquares, 48);
}

/** The last tile may end in the middle of a pair: the lane beyond it lives on, but adds nothing. */
function silence(lane: i32): void {
  store<f64>(ENGAGEMENT + ((<usize>lane) << 3), 0);
  store<f64>(SATISFACTION + ((<usize>lane) << 3), 0);
  store<f64>(CLICKED + ((<usize>lane) << 3), 0);
  store<i64>(CHOICE + ((<usize>lane) << 3), slateSize);
}

/** Takes the lives of a tile into the totals, in the order of the users, and keeps the row of their returns. */
export function closeTally(users: i32, steps: i32, returns: usize): void {
  for (let user: usize = 0; user < <usize>users; user++) {
    const lane = user << 3;
    closeValue(TOTALS, load<f64>(TOTAL_ENGAGEMENT + lane));
    closeValue(TOTALS + 32, load<f64>(SATISFACTION + lane));
    closeValue(TOTALS + 64, load<f64>(EXPOSURE + lane));
    closeClicks(TOTALS + 96, lane, steps);
    store<u64>(DIGEST_TOTAL, load<u64>(DIGEST_TOTAL) + load<u64>(DIGEST + lane));
  }
  memory.copy(RETURNS + (closed << 3), returns, (<usize>users) << 3);
  closed += users;
  store<f64>(TOTALS + 96 + 24, min(load<f64>(CLICKED_RANGE), load<f64>(CLICKED_RANGE, 8)));
  store<f64>(TOTALS + 96 + 32, max(load<f64>(CLICKED_RANGE, 16), load<f64>(CLICKED_RANGE, 24)));
}

function accumulate(at: usize, x: f64): void {
  store<f64>(at, load<f64>(at) + x);
}

function stretch(at: usize, x: f64): void {
  store<f64>(at, min(load<f64>(at), x));
  store<f64>(at, max(load<f64>(at, 8), x), 8);
}

function closeValue(at: usize, x: f64): void {
  accumulate(at, x);
  accumulate(at + 8, x * x);
  stretch(at + 16, x);
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
  accumulate(at + 40, count * count);
  accumulate(at + 48, sum * sum);
  accumulate(at + 56, count * sum);
}
