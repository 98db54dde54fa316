// Parameters of which every user may have their own: rows of the tile at work, and the values of many users to fill them from.
import { CHOICE, CLICKED, PAST, ROW, allocate } from "./layout";
import { slateSize } from "./world";

/** f64[8][64] and i64[64], in the order in which src/worlds/longTermSatisfaction/kernel/userRows.ts numbers them. */
export const USER_ROWS: usize = memory.data(4608, 16);
export const MEMORY_DISCOUNT: usize = USER_ROWS;
export const INNOVATION_STDDEV: usize = USER_ROWS + ROW;
export const SENSITIVITY: usize = USER_ROWS + 2 * ROW;
/** Log-engagement of a document with k = 1 and with k = 0, before satisfaction scales the mean. */
export const LOG_MEAN_ONE: usize = USER_ROWS + 3 * ROW;
export const LOG_MEAN_ZERO: usize = USER_ROWS + 4 * ROW;
export const LOG_STDDEV_ONE: usize = USER_ROWS + 5 * ROW;
export const LOG_STDDEV_ZERO: usize = USER_ROWS + 6 * ROW;
/** Width of the first exposure's range, 1 / (1 - memoryDiscount). */
export const START_WIDTH: usize = USER_ROWS + 7 * ROW;
/** Steps of the user's episode, times 2^32: the upper half of what digests fold. */
export const BUDGET: usize = USER_ROWS + 8 * ROW;
const NUM_ROWS: usize = 9;

/** 64 bits[9][capacity]: the rows of many users; 0 where all users are alike, whose rows TypeScript writes once. */
export let USER_VALUES: usize = 0;
let stride: usize = 0;

/** Allocates values of so many users, a multiple of 64; after `prepareRollout` or `prepareBatch`, and only where users differ. */
export function prepareUsers(capacity: i32): void {
  stride = (<usize>capacity) << 3;
  USER_VALUES = allocate(NUM_ROWS * stride);
}

/** All users are alike again. */
export function forgetUsers(): void {
  USER_VALUES = 0;
}

/** Loads the rows of the tile that begins with the user at that place. */
export function enterUsers(done: i32): void {
  if (USER_VALUES == 0) return;
  const from = USER_VALUES + ((<usize>done) << 3);
  for (let row: usize = 0; row < NUM_ROWS; row++) {
    for (let i: usize = 0; i < ROW; i += 16) v128.store(USER_ROWS + row * ROW + i, v128.load(from + row * stride + i));
  }
}

/** Ones for the users of a pair whose episodes have ended before a step. */
export function ended(i: usize, step: i32): v128 {
  return i64x2.le_s(v128.load(i, BUDGET), i64x2.splat((<i64>step) << 32));
}

/** Whether all of them have. */
export function allEnded(users: i32, step: i32): bool {
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) if (!i64x2.all_true(ended(i, step))) return false;
  return true;
}

/** Takes back the choices of users whose episodes have ended: they click nothing, and no slot was passed. */
export function retire(users: i32, step: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const gone = ended(i, step);
    if (!v128.any_true(gone)) continue;
    const choice = v128.load(i, CHOICE);
    for (let s = 0; s < slateSize; s++) {
      const at = PAST + <usize>s * ROW + i;
      v128.store(at, i64x2.add(v128.load(at), v128.and(gone, i64x2.gt_s(choice, i64x2.splat(s)))));
    }
    v128.store(i, v128.bitselect(i64x2.splat(slateSize), choice, gone), CHOICE);
    v128.store(i, v128.andnot(v128.load(i, CLICKED), gone), CLICKED);
  }
}
