// Results of the kernel: the digests, the series of every step, and at the end of an episode the user's totals.
import {
  CHOICE,
  CLICKED,
  CLICKED_PIVOT,
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
  SERIES_PIVOTS,
  RETURNS,
  TOTAL_ENGAGEMENT,
} from "./layout";
import { budgetHalves, folded } from "./digest";
import { BUDGET, ended } from "./users";
import { add, madd, select, spread, sub } from "./vector";
import { slateSize } from "./world";

/**
 * f64[25]: [pivot, sum, sum of squares, min, max] of total engagement, satisfaction, exposure and clicked educativeness, both
 * sums about the pivot, which is the first user's number; then what `closeClicks` adds.
 */
export const TOTALS: usize = memory.data(200, 16);
/** Bytes of one number's totals. */
const VALUE: usize = 40;
const CLICKED_TOTALS: usize = TOTALS + 3 * VALUE;
/** [clicks, users who clicked, then by user: clicks², (sum)², clicks · sum]. */
const CLICKS: usize = TOTALS + 4 * VALUE;
/** As in src/statistics/blockSums.ts. */
const MOVES_PIVOT: f64 = 4;
/** f64[32]: choices that went past slot s. */
export const PAST_TOTALS: usize = memory.data(256, 16);
/** The users' digests, added modulo 2^64. */
export const DIGEST_TOTAL: usize = memory.data(8, 16);

/** Number of users of the block whose episodes are in the totals. */
let closed: usize = 0;

export function openTotals(steps: i32): void {
  closed = 0;
  memory.fill(TOTALS, 0, 200);
  memory.fill(PAST_TOTALS, 0, 256);
  memory.fill(SERIES, 0, <usize>steps * 64);
  memory.fill(SERIES_PIVOTS, 0xff, <usize>steps * 16); // NaN: nobody has taken the step
  store<u64>(DIGEST_TOTAL, 0);
  for (let at = TOTALS; at < CLICKED_TOTALS; at += VALUE) openRange(at + 24);
  v128.store(CLICKED_RANGE, f64x2.splat(f64.MAX_VALUE));
  v128.store(CLICKED_RANGE, f64x2.splat(-f64.MAX_VALUE), 16);
}

function openRange(at: usize): void {
  store<f64>(at, f64.MAX_VALUE);
  store<f64>(at, -f64.MAX_VALUE, 8);
}

export function openTally(): void {
  for (let i: usize = 0; i < ROW; i += 16) v128.store(i, f64x2.splat(NaN), CLICKED_PIVOT);
  memory.fill(CLICKED_SUM, 0, ROW);
  memory.fill(CLICKED_SQUARES, 0, ROW);
  memory.fill(PAST, 0, <usize>slateSize * ROW);
}

/**
 * Takes a step into every user's digest and sums, and into the series: one running sum of the even users and one of the odd.
 * All in one loop, as three took 4 % longer. `isFirst`: the clicks of this step are the first that count.
 */
export function tally(users: i32, step: i32, isFirst: bool, mayDecline: bool, mayEnd: bool): void {
  const pivots = SERIES_PIVOTS + ((<usize>step) << 4);
  if (mayEnd ? load<f64>(pivots) != load<f64>(pivots) : closed == 0)
    openPivots(pivots, mayEnd ? firstOf(users, step) : 0);
  if (users & 1) silence(users, pivots);
  if (isFirst && !mayDecline) copyRow(CLICKED_PIVOT, CLICKED);
  const engagementPivot = spread(pivots);
  const satisfactionPivot = spread(pivots + 8);
  const declined = i64x2.splat(slateSize);
  const stepHalf = budgetHalves(step + 1);
  let least = v128.load(CLICKED_RANGE);
  let most = v128.load(CLICKED_RANGE, 16);
  const series = SERIES + ((<usize>step) << 6);
  let engagement = v128.load(series);
  let engagementSquares = v128.load(series, 16);
  let satisfaction = v128.load(series, 32);
  let satisfactionSquares = v128.load(series, 48);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const choice = v128.load(i, CHOICE);
    const none = i64x2.eq(choice, declined);
    // Without a click it is made a NaN, which is no pivot and no new extreme.
    const clicked = v128.or(v128.load(i, CLICKED), none);
    let pivot = v128.load(i, CLICKED_PIVOT);
    if (mayDecline) {
      pivot = select(pivot, clicked, f64x2.eq(pivot, pivot));
      v128.store(i, pivot, CLICKED_PIVOT);
    }
    const k = v128.andnot(sub(clicked, pivot), none);
    v128.store(i, add(v128.load(i, CLICKED_SUM), k), CLICKED_SUM);
    v128.store(i, madd(k, k, v128.load(i, CLICKED_SQUARES)), CLICKED_SQUARES);
    least = f64x2.pmin(least, clicked);
    most = f64x2.pmax(most, clicked);
    const drawn = v128.load(i, ENGAGEMENT);
    const budget = i64x2.sub(v128.load(i, BUDGET), stepHalf);
    const before = v128.load(i, DIGEST);
    let digest = folded(before, drawn, v128.load(i, EXPOSURE), choice, budget);
    let e = sub(drawn, engagementPivot);
    let s = sub(v128.load(i, SATISFACTION), satisfactionPivot);
    if (mayEnd) {
      const gone = ended(i, step);
      digest = select(before, digest, gone);
      e = v128.andnot(e, gone);
      s = v128.andnot(s, gone);
    }
    v128.store(i, digest, DIGEST);
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

/** What the series are summed about: the numbers of the block's first user who takes the step. */
function openPivots(pivots: usize, lane: usize): void {
  v128.store(
    pivots,
    v128.replace_lane<f64>(v128.load_splat<u64>(ENGAGEMENT + lane), 1, load<f64>(SATISFACTION + lane)),
  );
}

/** The bytes before the first user whose episode has not ended. */
function firstOf(users: i32, step: i32): usize {
  for (let user = 0; user < users; user++) {
    const at = (<usize>user) << 3;
    if (load<i64>(BUDGET + at) > (<i64>step) << 32) return at;
  }
  return 0; // none but the lane beyond the last user of a block goes on
}

function copyRow(to: usize, from: usize): void {
  for (let i: usize = 0; i < ROW; i += 16) v128.store(to + i, v128.load(from + i));
}

/** The last tile may end in the middle of a pair: the lane beyond it is computed, but adds nothing. */
function silence(lane: i32, pivots: usize): void {
  store<f64>(ENGAGEMENT + ((<usize>lane) << 3), load<f64>(pivots));
  store<f64>(SATISFACTION + ((<usize>lane) << 3), load<f64>(pivots, 8));
  store<f64>(CLICKED + ((<usize>lane) << 3), 0);
  store<i64>(CHOICE + ((<usize>lane) << 3), slateSize);
}

/** Adds the episodes of a tile to the totals, in the order of the users, and keeps the row of their returns. */
export function closeTally(users: i32, steps: i32, warmUp: i32, returns: usize): void {
  for (let user: usize = 0; user < <usize>users; user++) {
    const lane = user << 3;
    const first = closed + user == 0;
    closeValue(TOTALS, load<f64>(TOTAL_ENGAGEMENT + lane), first);
    closeValue(TOTALS + VALUE, load<f64>(SATISFACTION + lane), first);
    closeValue(TOTALS + 2 * VALUE, load<f64>(EXPOSURE + lane), first);
    closeClicks(lane, max(0, min(steps, <i32>(load<i64>(BUDGET + lane) >> 32)) - warmUp));
    store<u64>(DIGEST_TOTAL, load<u64>(DIGEST_TOTAL) + load<u64>(DIGEST + lane));
  }
  memory.copy(RETURNS + (closed << 3), returns, (<usize>users) << 3);
  closed += users;
  store<f64>(CLICKED_TOTALS, min(load<f64>(CLICKED_RANGE), load<f64>(CLICKED_RANGE, 8)), 24);
  store<f64>(CLICKED_TOTALS, max(load<f64>(CLICKED_RANGE, 16), load<f64>(CLICKED_RANGE, 24)), 32);
}

function accumulate(at: usize, x: f64): void {
  store<f64>(at, load<f64>(at) + x);
}

function stretch(at: usize, x: f64): void {
  store<f64>(at, min(load<f64>(at), x));
  store<f64>(at, max(load<f64>(at, 8), x), 8);
}

function closeValue(at: usize, x: f64, first: bool): void {
  if (first) store<f64>(at, x);
  const difference = x - load<f64>(at);
  accumulate(at + 8, difference);
  accumulate(at + 16, difference * difference);
  stretch(at + 24, x);
}

/** As `moveBlockPivot` in src/statistics/blockSums.ts, where every click has the weight 1. */
function moveClickedPivot(pivot: f64): void {
  const shift = load<f64>(CLICKED_TOTALS) - pivot;
  const before = load<f64>(CLICKED_TOTALS + 8);
  const products = load<f64>(CLICKS + 32);
  store<f64>(CLICKED_TOTALS, pivot);
  accumulate(CLICKED_TOTALS + 8, load<f64>(CLICKS) * shift);
  accumulate(CLICKED_TOTALS + 16, shift * (before + load<f64>(CLICKED_TOTALS + 8)));
  accumulate(CLICKS + 32, load<f64>(CLICKS + 16) * shift);
  accumulate(CLICKS + 24, shift * (products + load<f64>(CLICKS + 32)));
}

/** A user's sums are about that user's first click; here they are moved to the first click of the block's first clicking user. */
function closeClicks(lane: usize, steps: i32): void {
  let clicks = steps;
  for (let slot = 0; slot < slateSize; slot++) {
    const past = <i32>load<i64>(PAST + <usize>slot * ROW + lane);
    accumulate(PAST_TOTALS + ((<usize>slot) << 3), <f64>past);
    if (slot == slateSize - 1) clicks -= past;
  }
  if (clicks == 0) return;
  const count = <f64>clicks;
  const pivot = load<f64>(CLICKED_PIVOT + lane);
  if (load<f64>(CLICKS) == 0) store<f64>(CLICKED_TOTALS, pivot);
  else if (count > MOVES_PIVOT * load<f64>(CLICKS)) moveClickedPivot(pivot);
  const shift = pivot - load<f64>(CLICKED_TOTALS);
  const own = load<f64>(CLICKED_SUM + lane);
  const sum = own + count * shift;
  accumulate(CLICKED_TOTALS + 8, sum);
  accumulate(CLICKED_TOTALS + 16, load<f64>(CLICKED_SQUARES + lane) + shift * (own + sum));
  accumulate(CLICKS, count);
  accumulate(CLICKS + 8, 1);
  accumulate(CLICKS + 16, count * count);
  accumulate(CLICKS + 24, sum * sum);
  accumulate(CLICKS + 32, count * sum);
}
