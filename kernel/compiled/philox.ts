// Philox4x32-10 (Salmon et al., SC'11), eight users at a time, at the addresses of a custom world: every draw has a block of its own.
import { NUMBERS, WORD_ROW } from "./memory";
import { ONE_CORPUS } from "./world";

const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const WEYL0: u32 = 0x9e3779b9;
const WEYL1: u32 = 0xbb67ae85;
const ROUNDS: usize = 10;
export const WORLD_STREAM: u32 = 0;
const POLICY_STREAM: u32 = 1;
export const CORPUS_STREAM: u32 = 2;

/** Round keys in all four lanes. */
const KEYS: usize = memory.data(320, 16);
/** u32[4][64]: the words of one block for every user. */
export const WORDS: usize = memory.data(1024, 16);

let stream: u32 = WORLD_STREAM;

/** Says from which stream the functions of the world draw. */
export function drawFrom(stream_: u32): void {
  stream = stream_;
}

/** A constant where no candidates are shared. */
function streamOfWorld(): u32 {
  return ONE_CORPUS ? stream : WORLD_STREAM;
}

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
let isMet: bool = false;

/** To be called where there are other users in the rows. */
export function forgetUsers(): void {
  isMet = false;
}

/** Fills the rows above, unless they are those of that step. */
function meet(step: u32): void {
  if (isMet && metStep == step) return;
  isMet = true;
  metStep = step;
  for (let i: usize = 0; i < WORD_ROW; i += 16) {
    const users = v128.load(NUMBERS + i);
    const counter = v128.xor(v128.xor(highWords(users, M1), i32x4.splat(step)), v128.load(KEYS));
    v128.store(USER_LOW + i, lowWords(users, M1));
    v128.store(MET_HIGH + i, highWords(counter, M0));
    v128.store(MET_LOW + i, lowWords(counter, M0));
  }
}

/** Draws one block of each user in the stream of the world's draws, as `finish` says. */
export function fillBlock(to: usize, block: u32, step: u32, users: i32): void {
  meet(step);
  // Rounds 1 and 2 of the block's own word, which is the same for all users.
  const first = <u64>block * <u64>M0;
  const second = <u64>(<u32>(first >> 32) ^ streamOfWorld() ^ load<u32>(KEYS, 16)) * <u64>M1;
  const k0 = i32x4.splat(<u32>(second >> 32) ^ load<u32>(KEYS, 32));
  const k1 = i32x4.splat(<u32>first ^ load<u32>(KEYS, 48));
  const low = i32x4.splat(<u32>second);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 32) {
    finish(
      to,
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

/** Draws a block of each user at `numbers`, which `blocks` has in a row. `more` is added to all of them. */
export function fillBlocks(to: usize, blocks: usize, more: u32, step: u32, numbers: usize, users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 32) {
    const a2 = v128.load(numbers + i);
    const a0 = i32x4.add(v128.load(blocks + i), i32x4.splat(more));
    const b0 = i32x4.add(v128.load(blocks + i, 16), i32x4.splat(more));
    const second = i32x4.splat(step);
    const last = i32x4.splat(streamOfWorld());
    finish(to, i, a0, second, a2, last, b0, second, v128.load(numbers + i, 16), last, KEYS);
  }
}

/**
 * The rounds from `key` on of eight users: those of both halves overlap. Stores their uniform draws in the row `to`, or, if that is 0, their
 * words in WORDS, from place `i` on.
 */
function finish(
  to: usize,
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
  for (; key < KEYS + ((ROUNDS - 1) << 5); key += 32) {
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
  const k0 = v128.load(key);
  const last0 = v128.xor(v128.xor(highWords(a2, M1), a1), k0);
  const next0 = v128.xor(v128.xor(highWords(b2, M1), b1), k0);
  const last1 = lowWords(a2, M1);
  const next1 = lowWords(b2, M1);
  if (to) {
    const at = to + 2 * i;
    v128.store(at, uniforms(last0, last1));
    v128.store(at, uniforms(upper(last0), upper(last1)), 16);
    v128.store(at, uniforms(next0, next1), 32);
    v128.store(at, uniforms(upper(next0), upper(next1)), 48);
    return;
  }
  const k1 = v128.load(key, 16);
  v128.store(WORDS + i, last0);
  v128.store(WORDS + i, next0, 16);
  v128.store(WORDS + i, last1, WORD_ROW);
  v128.store(WORDS + i, next1, WORD_ROW + 16);
  v128.store(WORDS + i, v128.xor(v128.xor(highWords(a0, M0), a3), k1), 2 * WORD_ROW);
  v128.store(WORDS + i, v128.xor(v128.xor(highWords(b0, M0), b3), k1), 2 * WORD_ROW + 16);
  v128.store(WORDS + i, lowWords(a0, M0), 3 * WORD_ROW);
  v128.store(WORDS + i, lowWords(b0, M0), 3 * WORD_ROW + 16);
}

function upper(words: v128): v128 {
  return v128.shuffle<i32>(words, words, 2, 3, 2, 3);
}

/** The 53 bits of two users' words as a whole number. */
export function whole53(first: v128, second: v128): v128 {
  const high = f64x2.convert_low_i32x4_u(first);
  return f64x2.add(f64x2.mul(high, f64x2.splat(2097152.0)), f64x2.convert_low_i32x4_u(i32x4.shr_u(second, 11)));
}

function uniforms(first: v128, second: v128): v128 {
  return f64x2.mul(whole53(first, second), f64x2.splat(1.1102230246251565e-16));
}

/** Fills WORDS with a block of each user in the policy's stream. */
export function policyWords(block: u32, step: u32, users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 32) {
    const a2 = v128.load(NUMBERS + i);
    const first = i32x4.splat(block);
    const second = i32x4.splat(step);
    const last = i32x4.splat(POLICY_STREAM);
    finish(0, i, first, second, a2, last, first, second, v128.load(NUMBERS + i, 16), last, KEYS);
  }
}
