// Philox4x32-10 (Salmon et al., SC'11), four users at a time. A draw has the counter (block, step, user, stream); the
// draw list names the blocks that a run needs, and each block on it has a slot of four word rows.
import { OPENED, WORD_ROW, WORDS } from "./layout";

const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const WEYL0: u32 = 0x9e3779b9;
const WEYL1: u32 = 0xbb67ae85;
const ROUNDS: usize = 10;

/** Round keys in all four lanes: [k0 of round 0][k1 of round 0][k0 of round 1]… */
const KEYS: usize = memory.data(320, 16);
/** u32[2048][2], block and stream of each slot: room for 4,096 candidates, their clusters and the rest. */
const LIST: usize = memory.data(16384, 16);
/** Round 1 of the user's own word, the same for every block. */
const OPENED_USER: usize = memory.data(256, 16);

export function setKey(key0: u32, key1: u32): void {
  for (let round: usize = 0; round < ROUNDS; round++) {
    v128.store(KEYS + (round << 5), i32x4.splat(key0 + WEYL0 * <u32>round));
    v128.store(KEYS + (round << 5), i32x4.splat(key1 + WEYL1 * <u32>round), 16);
  }
}

export function listBlock(slot: i32, block: u32, stream: u32): void {
  store<u32>(LIST + ((<usize>slot) << 3), block);
  store<u32>(LIST + ((<usize>slot) << 3), stream, 4);
}

/** The row of word `word` of the block in `slot`. */
export function wordRow(slot: i32, word: i32): usize {
  return WORDS + <usize>(4 * slot + word) * WORD_ROW;
}

function lowWords(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 2, 4, 6);
}

function highWords(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 1, 3, 5, 7);
}

function xor3(a: v128, b: v128, c: v128): v128 {
  return v128.xor(v128.xor(a, b), c);
}

function product01(x: v128, m: u32): v128 {
  return i64x2.extmul_low_i32x4_u(x, i32x4.splat(m));
}

function product23(x: v128, m: u32): v128 {
  return i64x2.extmul_high_i32x4_u(x, i32x4.splat(m));
}

function high32(x: u64): u32 {
  return <u32>(x >> 32);
}

/** Second-round product of the block's own half of the counter: no user, no step in it. */
function blockProduct(block: u32, stream: u32): u64 {
  return <u64>(high32(<u64>block * M0) ^ stream ^ load<u32>(KEYS, 16)) * M1;
}

/**
 * Precomputes, once per tile, the terms of rounds 1 to 3 of the slots `from` to `to` that depend on user and block only. Round 1 multiplies only block and user;
 * in round 2 one product is free of the block and the other of user and step; in round 3 one is free of the step.
 */
export function open(firstUser: u32, from: i32, to: i32): void {
  for (let i: usize = 0; i < WORD_ROW; i += 16) {
    const users = i32x4.add(i32x4.splat(firstUser + <u32>(i >> 2)), i32x4(0, 1, 2, 3));
    const q01 = product01(users, M1);
    const q23 = product23(users, M1);
    const low = lowWords(q01, q23);
    v128.store(OPENED_USER + i, v128.xor(highWords(q01, q23), v128.load(KEYS)));
    for (let slot = <usize>from; slot < <usize>to; slot++) {
      const q = blockProduct(load<u32>(LIST + (slot << 3)), load<u32>(LIST + (slot << 3), 4));
      const counter0 = xor3(low, i32x4.splat(high32(q)), v128.load(KEYS, 32));
      const p01 = product01(counter0, M0);
      const p23 = product23(counter0, M0);
      const at = OPENED + slot * 2 * WORD_ROW + i;
      v128.store(at, v128.xor(highWords(p01, p23), v128.load(KEYS, 80)));
      v128.store(at, lowWords(p01, p23), WORD_ROW);
    }
  }
}

/** High and low words of the second-round product that user and step share, whatever the block. */
const MET: usize = memory.data(512, 16);

/** Fills the word rows of the slots `from` to `to` at one step. */
export function draw(from: i32, to: i32, step: u32, users: i32): void {
  meet(step, users);
  for (let slot = from; slot < to; slot++) drawBlock(slot, users);
}

function meet(step: u32, users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 16) {
    const counter = v128.xor(v128.load(OPENED_USER + i), i32x4.splat(step));
    const p01 = product01(counter, M0);
    const p23 = product23(counter, M0);
    v128.store(MET + i, highWords(p01, p23));
    v128.store(MET + i, lowWords(p01, p23), WORD_ROW);
  }
}

/** Eight users share a loop body: their rounds overlap, which one chain of products cannot. */
function drawBlock(slot: i32, users: i32): void {
  const block = load<u32>(LIST + ((<usize>slot) << 3));
  const key1 = v128.xor(i32x4.splat(block * M0), v128.load(KEYS, 48));
  const key2 = v128.xor(
    i32x4.splat(<u32>blockProduct(block, load<u32>(LIST + ((<usize>slot) << 3), 4))),
    v128.load(KEYS, 64),
  );
  const opened = OPENED + <usize>slot * 2 * WORD_ROW;
  const words = wordRow(slot, 0);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 32) {
    const a = v128.xor(v128.load(MET + i), key1);
    const b = v128.xor(v128.load(MET + i, 16), key1);
    const a01 = product01(a, M1);
    const a23 = product23(a, M1);
    const b01 = product01(b, M1);
    const b23 = product23(b, M1);
    let a0 = v128.xor(highWords(a01, a23), key2);
    let a1 = lowWords(a01, a23);
    let a2 = v128.xor(v128.load(opened + i), v128.load(MET + i, WORD_ROW));
    let a3 = v128.load(opened + i, WORD_ROW);
    let b0 = v128.xor(highWords(b01, b23), key2);
    let b1 = lowWords(b01, b23);
    let b2 = v128.xor(v128.load(opened + i, 16), v128.load(MET + i, WORD_ROW + 16));
    let b3 = v128.load(opened + i, WORD_ROW + 16);
    for (let key = KEYS + 96; key < KEYS + (ROUNDS << 5); key += 32) {
      const k0 = v128.load(key);
      const k1 = v128.load(key, 16);
      const p01 = product01(a0, M0);
      const p23 = product23(a0, M0);
      const q01 = product01(a2, M1);
      const q23 = product23(a2, M1);
      a0 = xor3(highWords(q01, q23), a1, k0);
      a1 = lowWords(q01, q23);
      a2 = xor3(highWords(p01, p23), a3, k1);
      a3 = lowWords(p01, p23);
      const r01 = product01(b0, M0);
      const r23 = product23(b0, M0);
      const s01 = product01(b2, M1);
      const s23 = product23(b2, M1);
      b0 = xor3(highWords(s01, s23), b1, k0);
      b1 = lowWords(s01, s23);
      b2 = xor3(highWords(r01, r23), b3, k1);
      b3 = lowWords(r01, r23);
    }
    v128.store(words + i, a0);
    v128.store(words + i, b0, 16);
    v128.store(words + i, a1, WORD_ROW);
    v128.store(words + i, b1, WORD_ROW + 16);
    v128.store(words + i, a2, 2 * WORD_ROW);
    v128.store(words + i, b2, 2 * WORD_ROW + 16);
    v128.store(words + i, a3, 3 * WORD_ROW);
    v128.store(words + i, b3, 3 * WORD_ROW + 16);
  }
}
