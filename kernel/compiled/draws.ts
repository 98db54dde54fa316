// Philox4x32-10 (Salmon et al., SC'11) at the addresses of a custom world: every draw has a block of its own. A stage whose functions draw the
// same number of times on every path has its draws made here in rows, four users at a time; the others draw one by one.
import { COSINE, SINE } from "../coefficients";
import { minusTwoLog53 } from "../numeric";
import { CIRCLE } from "../tables";
import { BLOCKS, WORD_ROW } from "./memory";
import { integerOf } from "./functions";

const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const WEYL0: u32 = 0x9e3779b9;
const WEYL1: u32 = 0xbb67ae85;
const ROUNDS: usize = 10;
export const WORLD_STREAM: u32 = 0;
export const POLICY_STREAM: u32 = 1;

/** Round keys in all four lanes. */
const KEYS: usize = memory.data(320, 16);
/** u32[4][64]: the words of one block for every user. */
export const WORDS: usize = memory.data(1024, 16);

export function setKey(first: u32, second: u32): void {
  isMet = false;
  for (let round: usize = 0; round < ROUNDS; round++) {
    v128.store(KEYS + (round << 5), i32x4.splat(first + WEYL0 * <u32>round));
    v128.store(KEYS + (round << 5), i32x4.splat(second + WEYL1 * <u32>round), 16);
  }
}

function lowWords(x: v128, m: u32): v128 {
  return i32x4.mul(x, i32x4.splat(m));
}

function highWords(x: v128, m: u32): v128 {
  const by = i32x4.splat(m);
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(x, by), i64x2.extmul_high_i32x4_u(x, by), 1, 3, 5, 7);
}

/** What rounds 1 and 2 owe to user and step alone, whatever the block: high and low words of the product of round 2, low words of round 1. */
const MET_HIGH: usize = memory.data(256, 16);
const MET_LOW: usize = memory.data(256, 16);
const USER_LOW: usize = memory.data(256, 16);
let metStep: u32 = 0;
let metUser: u32 = 0;
let isMet: bool = false;

/** Fills the rows above, unless they are those of that step. */
function meet(step: u32, firstUser: u32): void {
  if (isMet && metStep == step && metUser == firstUser) return;
  isMet = true;
  metStep = step;
  metUser = firstUser;
  for (let i: usize = 0; i < WORD_ROW; i += 16) {
    const users = i32x4.add(i32x4.splat(firstUser + <u32>(i >> 2)), i32x4(0, 1, 2, 3));
    const counter = v128.xor(v128.xor(highWords(users, M1), i32x4.splat(step)), v128.load(KEYS));
    v128.store(USER_LOW + i, lowWords(users, M1));
    v128.store(MET_HIGH + i, highWords(counter, M0));
    v128.store(MET_LOW + i, lowWords(counter, M0));
  }
}

/** Fills WORDS with one block of each user in the world's stream. */
function fillBlock(block: u32, step: u32, firstUser: u32, users: i32): void {
  meet(step, firstUser);
  // Rounds 1 and 2 of the block's own word, which is the same for all users.
  const first = <u64>block * <u64>M0;
  const second = <u64>(<u32>(first >> 32) ^ WORLD_STREAM ^ load<u32>(KEYS, 16)) * <u64>M1;
  const k0 = i32x4.splat(<u32>(second >> 32) ^ load<u32>(KEYS, 32));
  const k1 = i32x4.splat(<u32>first ^ load<u32>(KEYS, 48));
  const low = i32x4.splat(<u32>second);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 32) {
    finish(
      i,
      v128.xor(v128.load(USER_LOW + i), k0),
      low,
      v128.xor(v128.load(MET_HIGH + i), k1),
      v128.load(MET_LOW + i),
      v128.xor(v128.load(USER_LOW + i, 16), k0),
      low,
      v128.xor(v128.load(MET_HIGH + i, 16), k1),
      v128.load(MET_LOW + i, 16),
      KEYS + 64,
    );
  }
}

/** Fills WORDS with a block of each user, which `blocks` has in a row. `more` is added to all of them. */
function fillBlocks(blocks: usize, more: u32, step: u32, firstUser: u32, users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 32) {
    const a2 = i32x4.add(i32x4.splat(firstUser + <u32>(i >> 2)), i32x4(0, 1, 2, 3));
    const a0 = i32x4.add(v128.load(blocks + i), i32x4.splat(more));
    const b0 = i32x4.add(v128.load(blocks + i, 16), i32x4.splat(more));
    const second = i32x4.splat(step);
    const last = i32x4.splat(WORLD_STREAM);
    finish(i, a0, second, a2, last, b0, second, i32x4.add(a2, i32x4.splat(4)), last, KEYS);
  }
}

/** The rounds from `key` on of eight users: those of both halves overlap. Stores their words at `i`. */
// @ts-ignore: decorator
@inline
function finish(
  i: usize,
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
  b0: v128,
  b1: v128,
  b2: v128,
  b3: v128,
  key: usize,
): void {
  for (; key < KEYS + (ROUNDS << 5); key += 32) {
    const k0 = v128.load(key);
    const k1 = v128.load(key, 16);
    const ah0 = highWords(a0, M0);
    const ah1 = highWords(a2, M1);
    const al0 = lowWords(a0, M0);
    const al1 = lowWords(a2, M1);
    a0 = v128.xor(v128.xor(ah1, a1), k0);
    a1 = al1;
    a2 = v128.xor(v128.xor(ah0, a3), k1);
    a3 = al0;
    const bh0 = highWords(b0, M0);
    const bh1 = highWords(b2, M1);
    const bl0 = lowWords(b0, M0);
    const bl1 = lowWords(b2, M1);
    b0 = v128.xor(v128.xor(bh1, b1), k0);
    b1 = bl1;
    b2 = v128.xor(v128.xor(bh0, b3), k1);
    b3 = bl0;
  }
  v128.store(WORDS + i, a0);
  v128.store(WORDS + i, b0, 16);
  v128.store(WORDS + i, a1, WORD_ROW);
  v128.store(WORDS + i, b1, WORD_ROW + 16);
  v128.store(WORDS + i, a2, 2 * WORD_ROW);
  v128.store(WORDS + i, b2, 2 * WORD_ROW + 16);
  v128.store(WORDS + i, a3, 3 * WORD_ROW);
  v128.store(WORDS + i, b3, 3 * WORD_ROW + 16);
}

/** Fills WORDS with a block of each user in the policy's stream. */
export function policyWords(block: u32, step: u32, firstUser: u32, users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 32) {
    const a2 = i32x4.add(i32x4.splat(firstUser + <u32>(i >> 2)), i32x4(0, 1, 2, 3));
    const first = i32x4.splat(block);
    const second = i32x4.splat(step);
    const last = i32x4.splat(POLICY_STREAM);
    finish(i, first, second, a2, last, first, second, i32x4.add(a2, i32x4.splat(4)), last, KEYS);
  }
}

/** The 53 bits of two users' first two words, as a whole number. */
function whole53(i: usize): v128 {
  const high = f64x2.convert_low_i32x4_u(v128.load64_zero(WORDS + i));
  const low = f64x2.convert_low_i32x4_u(i32x4.shr_u(v128.load64_zero(WORDS + WORD_ROW + i), 11));
  return f64x2.add(f64x2.mul(high, f64x2.splat(2097152.0)), low);
}

/** Fills WORDS: `block` of all users, or, if there is a row of blocks, of each the block that is so many after the one there. */
function fillWords(block: u32, blocks: usize, step: u32, firstUser: u32, users: i32): void {
  if (blocks) fillBlocks(blocks, block, step, firstUser, users);
  else fillBlock(block, step, firstUser, users);
}

/** A row of uniform draws in [0, 1). */
export function uniformRow(to: usize, block: u32, blocks: usize, step: u32, firstUser: u32, users: i32): void {
  fillWords(block, blocks, step, firstUser, users);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 8)
    v128.store(to + 2 * i, f64x2.mul(whole53(i), f64x2.splat(1.1102230246251565e-16)));
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
export function normalRow(to: usize, block: u32, blocks: usize, step: u32, firstUser: u32, users: i32): void {
  fillWords(block, blocks, step, firstUser, users);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 8) {
    const radius = f64x2.sqrt(minusTwoLog53(f64x2.sub(f64x2.splat(9007199254740992.0), whole53(i))));
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

let block: u32 = 0;
let step: u32 = 0;
let user: u32 = 0;

/** Where the next draws of one user are found, for functions that draw more often on one path than on another. */
export function openDraws(block_: u32, step_: u32, user_: u32): void {
  block = block_;
  step = step_;
  user = user_;
}

/** The next draw of one user, in the lane that a row of one would have. */
export function nextUniform(): f64 {
  uniformRow(ONE, block, 0, step, user, 1);
  block++;
  return load<f64>(ONE);
}

export function nextNormal(): f64 {
  normalRow(ONE, block, 0, step, user, 1);
  block++;
  return load<f64>(ONE);
}

export function nextInteger(range: i32): i32 {
  return integerOf(nextUniform(), range);
}

/** A row, of which one user's draw is read. */
const ONE: usize = memory.data(512, 16);

/** The row of blocks that begin at `base`, 65,536 for each slot or position in `row`. */
export function blocksOf(base: u32, row: usize): void {
  for (let i: usize = 0; i < WORD_ROW; i += 16)
    v128.store(BLOCKS + i, i32x4.add(i32x4.splat(base), i32x4.shl(v128.load(row + i), 16)));
}
