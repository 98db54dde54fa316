// The policy that fills slates by a plan of `solve`: the best slate for each user's exposure
// (src/policies/selectBest.ts says the same).
import { HALF } from "./constants";
import { documentRow } from "./drawList";
import { EXPOSURE, MAX_SLATE, SLOTS, WORD_ROW, allocate } from "./layout";
import { expHalfLessWords } from "./numeric";
import { numbers } from "./tables";
import { fractions } from "./uniform";
import { madd, mul, spread, sub, wordPair } from "./vector";
import { CHOOSE_FIRST, NO_CLICK_WEIGHT, choiceModel, numCandidates, slateSize } from "./world";

/** Coefficients of the gain of a click in the powers of k - 1/2, and after them the mean worth of a slate, at every edge of a cell. */
export const TERMS: i32 = 6;
const EDGE_BYTES: usize = (<usize>TERMS + 1) * 8;

/** f64[2]: least exposure of the table, and cells in a unit of exposure. */
export const PLAN_RANGE: usize = memory.data(16, 16);
let cells: i32 = 0;
/** i32[steps]: m of the mix that is best for most users. */
export let PLAN_MIXES: usize = 0;
/** i32[steps]: the number of the step's table; -1 where the mix is best whatever state and candidates are. */
export let PLAN_TABLE_OF: usize = 0;
/** u8[tables][cells]: 1 where the mix is best whatever the candidates are. */
export let PLAN_CELLS: usize = 0;
/** f64[tables][cells + 1][TERMS + 1] */
export let PLAN_TABLES: usize = 0;
/** f64[numCandidates][2]: gain of a click on each candidate, and its weight in the choice, for two users. */
let GAINS: usize = 0;
let CLICK_WEIGHTS: usize = 0;
/** f64[TERMS + 1][2]: the terms for two users. */
const AT_STATE: usize = memory.data(112, 16);
/** i32[32] and f64[32]: the candidates of the slate so far, and how much they bring above the slate's worth. */
const SELECTED: usize = memory.data(MAX_SLATE * 4, 16);
const SURPLUS: usize = memory.data(MAX_SLATE * 8, 16);

/** Makes room for a plan; TypeScript writes it. */
export function preparePlan(steps: i32, tables: i32, cells_: i32): void {
  cells = cells_;
  PLAN_MIXES = allocate(<usize>steps * 4);
  PLAN_TABLE_OF = allocate(<usize>steps * 4);
  PLAN_CELLS = allocate(<usize>tables * <usize>cells);
  PLAN_TABLES = allocate(<usize>tables * (<usize>cells + 1) * EDGE_BYTES);
  GAINS = allocate(<usize>numCandidates * 16);
  CLICK_WEIGHTS = allocate(<usize>numCandidates * 16);
}

export function plannedMix(step: i32): i32 {
  return load<i32>(PLAN_MIXES + ((<usize>step) << 2));
}

/** Fills the slots, in words, of the users for whom the step's mix may not be best. */
export function showBest(step: i32, users: i32): void {
  const table = load<i32>(PLAN_TABLE_OF + ((<usize>step) << 2));
  if (table < 0) return;
  const isBest = PLAN_CELLS + <usize>table * <usize>cells;
  const edges = PLAN_TABLES + <usize>table * (<usize>cells + 1) * EDGE_BYTES;
  for (let i: usize = 0; i < (<usize>users) << 2; i += 8) {
    const place = placeOf(v128.load(2 * i, EXPOSURE));
    const cell = cellOf(place);
    const first = <usize>(<i32>f64x2.extract_lane(cell, 0));
    const second = <usize>(<i32>f64x2.extract_lane(cell, 1));
    const firstIsBest = load<u8>(isBest + first) != 0;
    const secondIsBest = load<u8>(isBest + second) != 0;
    if (firstIsBest && secondIsBest) continue;
    interpolate(edges + first * EDGE_BYTES, edges + second * EDGE_BYTES, sub(place, cell));
    evaluate(i);
    if (!firstIsBest) fillBest(i, 0);
    if (!secondIsBest) fillBest(i + 4, 8);
  }
}

/** Places in the tables, in cells from the first edge. */
function placeOf(exposure: v128): v128 {
  const scaled = mul(sub(exposure, spread(PLAN_RANGE)), spread(PLAN_RANGE + 8));
  return f64x2.pmin(f64x2.pmax(scaled, f64x2.splat(0)), f64x2.splat(<f64>cells));
}

function cellOf(place: v128): v128 {
  return f64x2.pmin(f64x2.floor(place), f64x2.splat(<f64>(cells - 1)));
}

/** The terms between those of the nearest edges of two users. */
function interpolate(first: usize, second: usize, share: v128): void {
  for (let term: usize = 0; term < EDGE_BYTES; term += 8) {
    const left = numbers(term, first, second);
    const right = numbers(term + EDGE_BYTES, first, second);
    v128.store(AT_STATE + 2 * term, madd(share, sub(right, left), left));
  }
}

/** Gains and weights of every candidate of two users whose words are at `i`. */
function evaluate(i: usize): void {
  for (let candidate = 0; candidate < numCandidates; candidate++) {
    const words = documentRow(candidate) + i;
    const k = sub(fractions(wordPair(words)), spread(HALF));
    let gain = v128.load(AT_STATE + 16 * (<usize>TERMS - 1));
    for (let term = TERMS - 2; term >= 0; term--) gain = madd(gain, k, v128.load(AT_STATE + ((<usize>term) << 4)));
    const at = (<usize>candidate) << 4;
    v128.store(GAINS + at, gain);
    v128.store(CLICK_WEIGHTS + at, choiceModel == CHOOSE_FIRST ? f64x2.splat(1) : expHalfLessWords(words));
  }
}

/** Fills the slots of the user whose words are at `i`, and whose lane begins at byte `lane`, by Dinkelbach's iteration. */
function fillBest(i: usize, lane: usize): void {
  select(load<f64>(AT_STATE + 16 * <usize>TERMS + lane), lane);
  for (let worth = worthOfSelected(lane); ;) {
    select(worth, lane);
    const next = worthOfSelected(lane);
    if (!(next > worth)) break;
    worth = next;
  }
  for (let slot: usize = 0; slot < <usize>slateSize; slot++) {
    const position = load<i32>(SELECTED + (slot << 2));
    store<u32>(SLOTS + slot * WORD_ROW + i, load<u32>(documentRow(position) + i));
  }
}

/** Keeps the candidates that bring most above `worth`, by insertion; of equals the earlier ones. */
function select(worth: f64, lane: usize): void {
  for (let candidate = 0; candidate < numCandidates; candidate++) {
    const at = ((<usize>candidate) << 4) + lane;
    const surplus = load<f64>(CLICK_WEIGHTS + at) * (load<f64>(GAINS + at) - worth);
    let place = min(candidate, slateSize);
    while (place > 0 && load<f64>(SURPLUS + ((<usize>(place - 1)) << 3)) < surplus) {
      if (place < slateSize) move(place - 1, place);
      place--;
    }
    if (place < slateSize) {
      store<i32>(SELECTED + ((<usize>place) << 2), candidate);
      store<f64>(SURPLUS + ((<usize>place) << 3), surplus);
    }
  }
}

function move(from: i32, to: i32): void {
  store<i32>(SELECTED + ((<usize>to) << 2), load<i32>(SELECTED + ((<usize>from) << 2)));
  store<f64>(SURPLUS + ((<usize>to) << 3), load<f64>(SURPLUS + ((<usize>from) << 3)));
}

/** Mean gain of the slate; no click gains nothing. */
function worthOfSelected(lane: usize): f64 {
  const seen = choiceModel == CHOOSE_FIRST ? 1 : slateSize;
  let weight = load<f64>(NO_CLICK_WEIGHT);
  let sum: f64 = 0;
  for (let slot: usize = 0; slot < <usize>seen; slot++) {
    const at = ((<usize>load<i32>(SELECTED + (slot << 2))) << 4) + lane;
    weight += load<f64>(CLICK_WEIGHTS + at);
    sum += load<f64>(CLICK_WEIGHTS + at) * load<f64>(GAINS + at);
  }
  return sum / weight;
}
