// The return with control variates: a step adds its mean engagement and the mean value of the state that follows, both given the
// state and the slate, less what the candidates account for; the value of that state is taken off again at the next step
// (src/control/controlledReturn.ts and src/worlds/longTermSatisfaction/ltsControl.ts say the same).
import { choiceWeight, educativeness } from "./choose";
import { HALF, ONE } from "./constants";
import { meanEngagement } from "./expect";
import { ESTIMATE, EXPOSURE, ROW, SATISFACTION, WEIGHT, WORD_ROW, allocate } from "./layout";
import { rank, slotRow } from "./slate";
import { add, madd, mul, spread, sub } from "./vector";
import { MEMORY_DISCOUNT } from "./users";
import { CHOOSE_FIRST, EXPOSURE_DRIFT, NO_CLICK_WEIGHT, choiceModel, slateSize } from "./world";

/** Powers of the exposure, in units of the first exposure's range. */
const FEATURES: usize = 3;

/** f64[4]: 1 / that range, the noise's variance in its units, thrice that, and the mean value before the first step. */
export const CONTROL_NUMBERS: usize = memory.data(32, 16);
const SCALE: usize = CONTROL_NUMBERS;
const NOISE_VARIANCE: usize = CONTROL_NUMBERS + 8;
const THRICE_VARIANCE: usize = CONTROL_NUMBERS + 16;
const INITIAL_VALUE: usize = CONTROL_NUMBERS + 24;
/** i32[6]: documents of each group that shares coefficients. */
export const GROUP_SIZES: usize = memory.data(24, 16);
/** f64[6][2]: means of their Σk and Σk². */
export const GROUP_MEANS: usize = memory.data(96, 16);
/** u32[64][64]: words of the candidates at the ends of the ranking. */
const ENDS: usize = memory.data(16384, 16);

/** f64[steps + 1][3]: of the value before each step. */
export let FEATURE_COEFFICIENTS: usize = 0;
/** f64[steps][groups][4] */
export let TERM_COEFFICIENTS: usize = 0;
/** f64[1 + 3 + 3 + 4·groups][64]: the numbers of pilot users' step. */
export let CONTROL_ROWS: usize = 0;

let groups: usize = 0;
/** Documents from the top and from the bottom of the ranking, if those count and not the slate's. */
let endsFromTop: i32 = 0;
let ends: i32 = 0;

/** Allocates the coefficients of `steps` steps; after `prepareRollout`. `ends_`: 0 where the slate's documents count. */
export function prepareControl(groups_: i32, endsFromTop_: i32, ends_: i32, steps: i32): void {
  groups = groups_;
  endsFromTop = endsFromTop_;
  ends = ends_;
  FEATURE_COEFFICIENTS = allocate(<usize>(steps + 1) * FEATURES * 8);
  TERM_COEFFICIENTS = allocate(<usize>steps * groups * 32);
  CONTROL_ROWS = allocate((1 + 2 * FEATURES + 4 * groups) * ROW);
}

/** Ranks the candidates whose documents count. */
export function rankEnds(users: i32): void {
  if (ends == 0) return;
  rank(ENDS, 0, endsFromTop, 0, users);
  rank(ENDS, endsFromTop, ends, -1, users);
}

/** Where the words of a document that counts are. */
function termRow(place: i32): usize {
  return ends == 0 ? slotRow(place) : ENDS + <usize>place * WORD_ROW;
}

/** Adds a step to the estimates, before `respond`; for pilot users, writes its numbers instead. */
export function control(step: i32, users: i32, isPilot: bool): void {
  const before = FEATURE_COEFFICIENTS + <usize>step * FEATURES * 8;
  const after = before + FEATURES * 8;
  const slots = choiceModel == CHOOSE_FIRST ? 1 : slateSize;
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const exposure = v128.load(i, EXPOSURE);
    const satisfaction = v128.load(i, SATISFACTION);
    const kept = mul(exposure, v128.load(i, MEMORY_DISCOUNT));
    let weights = f64x2.splat(0);
    let reward = f64x2.splat(0);
    let first = f64x2.splat(0);
    let second = f64x2.splat(0);
    let third = f64x2.splat(0);
    for (let s = 0; s < slots; s++) {
      const k = educativeness(slotRow(s), i);
      const weight = choiceWeight(slotRow(s), i);
      const mean = mul(add(kept, mul(spread(EXPOSURE_DRIFT), sub(k, spread(HALF)))), spread(SCALE));
      const square = mul(mean, mean);
      weights = add(weights, weight);
      reward = madd(weight, meanEngagement(k, satisfaction, i), reward);
      first = madd(weight, mean, first);
      second = madd(weight, add(square, spread(NOISE_VARIANCE)), second);
      third = madd(weight, mul(mean, add(square, spread(THRICE_VARIANCE))), third);
    }
    const none = spread(NO_CLICK_WEIGHT);
    const total = add(weights, none);
    const share = f64x2.div(spread(ONE), total);
    reward = f64x2.div(reward, total);
    const u = mul(exposure, spread(SCALE));
    const uu = mul(u, u);
    const uuu = mul(uu, u);
    first = mul(madd(none, u, first), share);
    second = mul(madd(none, uu, second), share);
    third = mul(madd(none, uuu, third), share);
    const accounted = candidateTerms(step, i, u, isPilot);
    if (isPilot) {
      v128.store(CONTROL_ROWS + i, reward);
      storeFeatures(CONTROL_ROWS + ROW + i, first, second, third);
      storeFeatures(CONTROL_ROWS + (1 + FEATURES) * ROW + i, u, uu, uuu);
    } else {
      const start = step == 0 ? spread(INITIAL_VALUE) : v128.load(i, ESTIMATE);
      const estimate = sub(start, value(before, u, uu, uuu));
      const ahead = madd(spread(WEIGHT), reward, value(after, first, second, third));
      v128.store(i, add(estimate, sub(ahead, accounted)), ESTIMATE);
    }
  }
}

function storeFeatures(at: usize, first: v128, second: v128, third: v128): void {
  v128.store(at, first);
  v128.store(at + ROW, second);
  v128.store(at + 2 * ROW, third);
}

function value(coefficients: usize, first: v128, second: v128, third: v128): v128 {
  const start = madd(spread(coefficients), first, f64x2.splat(0));
  return madd(spread(coefficients + 16), third, madd(spread(coefficients + 8), second, start));
}

/** What the candidates account for; for pilot users, writes the terms. */
function candidateTerms(step: i32, i: usize, u: v128, isPilot: bool): v128 {
  let sum = f64x2.splat(0);
  let place = 0;
  let coefficients = TERM_COEFFICIENTS + <usize>step * groups * 32;
  let row = CONTROL_ROWS + (1 + 2 * FEATURES) * ROW + i;
  for (let group: usize = 0; group < groups; group++) {
    let ks = f64x2.splat(0);
    let squares = f64x2.splat(0);
    for (const end = place + load<i32>(GROUP_SIZES + (group << 2)); place < end; place++) {
      const k = educativeness(termRow(place), i);
      ks = add(ks, k);
      squares = madd(k, k, squares);
    }
    ks = sub(ks, spread(GROUP_MEANS + (group << 4)));
    squares = sub(squares, spread(GROUP_MEANS + (group << 4) + 8));
    if (isPilot) {
      v128.store(row, ks);
      v128.store(row + ROW, mul(ks, u));
      v128.store(row + 2 * ROW, squares);
      v128.store(row + 3 * ROW, mul(squares, u));
      row += 4 * ROW;
    } else {
      sum = madd(spread(coefficients), ks, sum);
      sum = madd(spread(coefficients + 8), mul(ks, u), sum);
      sum = madd(spread(coefficients + 16), squares, sum);
      sum = madd(spread(coefficients + 24), mul(squares, u), sum);
      coefficients += 32;
    }
  }
  return sum;
}
