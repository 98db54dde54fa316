// Sums over the users of a block, in their order: src/statistics/blockTally.ts is the reference.
import { ACTIVE, CHOICES, MEASURED, PICKED, REWARDS, ROW, SERIES, SUMS, TAKEN, TOTALS, WEIGHTS } from "./memory";
import { everybody, fail } from "./functions";
import { METRIC_SERIES, METRIC_VALUES } from "./world";

/** Bytes of [pivot, sum, sum of squares], both sums about the pivot. */
const ENTRY: usize = 24;
const MAX_METRIC: f64 = 1e100;
/** f64[64]: sums of the warm-up, which nobody needs. */
const UNCOUNTED: usize = memory.data(512, 16);

let slateSize: i32 = 0;
let steps: i32 = 0;
let warmUp: i32 = 0;

export function prepareTally(slateSize_: i32, steps_: i32, warmUp_: i32): void {
  slateSize = slateSize_;
  steps = steps_;
  warmUp = warmUp_;
}

export function openBlock(): void {
  memory.fill(SERIES, 0, <usize>steps * <usize>(1 + METRIC_VALUES) * ENTRY);
  memory.fill(TAKEN, 0, <usize>steps * 8);
  memory.fill(PICKED, 0, <usize>(slateSize + 1) * 8);
}

/** Adds what happened in a step to the sums. */
export function tally(step: i32, users: i32): void {
  const taken = TAKEN + ((<usize>step) << 3);
  const isFirst = load<f64>(taken) == 0;
  const entry = SERIES + <usize>step * <usize>(1 + METRIC_VALUES) * ENTRY;
  addRewards(step, users);
  count(step, users);
  addToSeries(entry, REWARDS, users, isFirst);
  for (let metric = 0; metric < METRIC_VALUES; metric++) {
    const row = MEASURED + <usize>metric * ROW;
    if (load<u8>(METRIC_SERIES + <usize>metric)) addToSeries(entry + <usize>(1 + metric) * ENTRY, row, users, isFirst);
    addRow(step < warmUp ? UNCOUNTED : SUMS + <usize>metric * ROW, row, users);
  }
}

function addRewards(step: i32, users: i32): void {
  const weight = f64x2.splat(load<f64>(WEIGHTS + ((<usize>step) << 3)));
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const total = v128.load(TOTALS + i);
    const more = f64x2.add(total, f64x2.mul(weight, v128.load(REWARDS + i)));
    v128.store(TOTALS + i, v128.bitselect(more, total, v128.load(ACTIVE + i)));
  }
}

/** Counts users, and which slots they picked. */
function count(step: i32, users: i32): void {
  let count = 0;
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    if (!load<i64>(ACTIVE + (lane << 3))) continue;
    count += 1;
    if (step < warmUp) continue;
    const picked = PICKED + ((<usize>load<i32>(CHOICES + (lane << 2))) << 3);
    store<f64>(picked, load<f64>(picked) + 1);
  }
  const taken = TAKEN + ((<usize>step) << 3);
  store<f64>(taken, load<f64>(taken) + <f64>count);
}

/** Adds a row to an entry; the pivot is the number of the block's first user there. */
function addToSeries(entry: usize, row: usize, users: i32, isFirst: bool): void {
  let pivot = load<f64>(entry);
  let sum = load<f64>(entry, 8);
  let squares = load<f64>(entry, 16);
  let isOpen = !isFirst;
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    if (!load<i64>(ACTIVE + (lane << 3))) continue;
    const number = load<f64>(row + (lane << 3));
    if (!isOpen) pivot = number;
    isOpen = true;
    const difference = number - pivot;
    sum += difference;
    squares += difference * difference;
  }
  store<f64>(entry, pivot);
  store<f64>(entry, sum, 8);
  store<f64>(entry, squares, 16);
}

/** Adds a row of metrics, which must be numbers, to those of users whose episodes go on. */
function addRow(to: usize, row: usize, users: i32): void {
  let legal = everybody();
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const active = v128.load(ACTIVE + i);
    const number = v128.load(row + i);
    legal = v128.and(legal, v128.or(f64x2.le(f64x2.abs(number), f64x2.splat(MAX_METRIC)), v128.not(active)));
    const sum = v128.load(to + i);
    v128.store(to + i, v128.bitselect(f64x2.add(sum, number), sum, active));
  }
  if (!i64x2.all_true(legal)) fail();
}
