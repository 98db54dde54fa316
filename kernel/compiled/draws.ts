// Draws of a custom world. A stage whose functions draw the same number of times on every path has its draws made here in rows; the others
// draw one by one.
import { COSINE, SINE } from "../coefficients";
import { minusTwoLog53 } from "../numeric";
import { CIRCLE } from "../tables";
import { integerOf } from "./functions";
import { BLOCKS, NUMBERS, WORD_ROW } from "./memory";
import { WORDS, fillBlock, fillBlocks, whole53 } from "./philox";

/** Draws `block` of all users, or, if there is a row of blocks, of each the block that is so many after the one there. */
function fill(to: usize, block: u32, blocks: usize, step: u32, users: i32): void {
  if (blocks) fillBlocks(to, blocks, block, step, NUMBERS, users);
  else fillBlock(to, block, step, users);
}

/** A row of uniform draws in [0, 1). */
export function uniformRow(to: usize, block: u32, blocks: usize, step: u32, users: i32): void {
  fill(to, block, blocks, step, users);
}

function quadratic(table: usize, x: v128): v128 {
  const second = f64x2.add(f64x2.mul(v128.load64_splat(table, 16), x), v128.load64_splat(table, 8));
  return f64x2.add(f64x2.mul(second, x), v128.load64_splat(table));
}

/** Cosine and sine at the entry nearest to the angle whose upper word is at `at`. */
function entry(at: usize): v128 {
  return v128.load(CIRCLE + <usize>(((load<u32>(at) + 0x00800000) >> 24) << 4));
}

/** A row of standard normal draws, by Box and Muller (1958). */
export function normalRow(to: usize, block: u32, blocks: usize, step: u32, users: i32): void {
  fill(0, block, blocks, step, users);
  normals(to, users);
}

/** Turns the first `users` of WORDS into normal draws. */
function normals(to: usize, users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 8) {
    const whole = whole53(v128.load64_zero(WORDS + i), v128.load64_zero(WORDS + WORD_ROW + i));
    const radius = f64x2.sqrt(minusTwoLog53(f64x2.sub(f64x2.splat(9007199254740992.0), whole)));
    const angle = WORDS + 2 * WORD_ROW + i;
    const first = entry(angle);
    const second = entry(angle + 4);
    const c = v128.shuffle<i64>(first, second, 0, 2);
    const s = v128.shuffle<i64>(first, second, 1, 3);
    const ahead = i32x4.add(v128.load64_zero(angle), i32x4.splat(0x00800000));
    const past = i32x4.sub(v128.and(ahead, i32x4.splat(0x00ffffff)), i32x4.splat(0x00800000));
    const coarse = f64x2.mul(f64x2.convert_low_i32x4_s(past), f64x2.splat(2.3283064365386963e-10));
    const fine = f64x2.convert_low_i32x4_u(i32x4.shr_u(v128.load64_zero(angle + WORD_ROW), 11));
    const t = f64x2.add(coarse, f64x2.mul(fine, f64x2.splat(1.1102230246251565e-16)));
    const tt = f64x2.mul(t, t);
    const sine = f64x2.mul(t, quadratic(SINE, tt));
    const lessCosine = f64x2.mul(tt, quadratic(COSINE, tt));
    const turned = f64x2.sub(f64x2.mul(c, lessCosine), f64x2.mul(s, sine));
    v128.store(to + 2 * i, f64x2.mul(radius, f64x2.add(c, turned)));
  }
}

/** u32[8]: the blocks of two users' next draws. */
const NEXT: usize = memory.data(32, 16);
/** f64[8] */
const DRAWN: usize = memory.data(64, 16);
let step: u32 = 0;
/** Address of their numbers. */
let numbers: usize = 0;

/** Where the next draws of the users at `i` are found, for functions that draw more often on one path than on another. */
export function openDraws(blocks: v128, step_: u32, i: usize): void {
  v128.store64_lane(NEXT, blocks, 0);
  step = step_;
  numbers = NUMBERS + (i >> 1);
}

/** The next draws of those in a mask. */
export function nextUniform(mask: v128): v128 {
  fillBlocks(DRAWN, NEXT, 0, step, numbers, 2);
  return drawnBy(mask);
}

export function nextNormal(mask: v128): v128 {
  fillBlocks(0, NEXT, 0, step, numbers, 2);
  normals(DRAWN, 2);
  return drawnBy(mask);
}

export function nextInteger(range: v128, mask: v128): v128 {
  return integerOf(nextUniform(mask), range, mask);
}

/** Goes on to the next blocks of those in a mask. */
function drawnBy(mask: v128): v128 {
  const taken = v128.shuffle<i32>(mask, mask, 0, 2, 0, 2);
  v128.store64_lane(NEXT, i32x4.sub(v128.load64_zero(NEXT), taken), 0);
  return v128.load(DRAWN);
}

/** A pair of neighbours' blocks in BLOCKS. */
export function blockPair(i: usize): v128 {
  return v128.load64_zero(BLOCKS + (i >> 1));
}

/** The row of blocks that begin at `base`, 65,536 for each slot or position in `row`. */
export function blocksOf(base: u32, row: usize): void {
  for (let i: usize = 0; i < WORD_ROW; i += 16)
    v128.store(BLOCKS + i, i32x4.add(i32x4.splat(base), i32x4.shl(v128.load(row + i), 16)));
}
