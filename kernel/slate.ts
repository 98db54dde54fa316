// The built-in policies: each fills the slate rows with the educativeness of the documents that it shows.
import { CORPUS, MAX_SLATE, ROW, SLATE, SLOTS, WORD_ROW } from "./layout";
import { documentRow, policyRow } from "./drawList";
import { fractions, scaled } from "./uniform";
import { select } from "./vector";
import { POLICY_FIRST, POLICY_RANDOM, RESAMPLE_NEVER, numCandidates, resample, slateSize } from "./world";

function showWords(slot: i32, i: usize, words: v128): void {
  const at = SLATE + <usize>slot * ROW + 2 * i;
  v128.store(at, fractions(words));
  v128.store(at, fractions(v128.shuffle<i32>(words, words, 2, 3, 2, 3)), 16);
}

/** Swap targets of four users. */
const TARGETS: usize = memory.data(512, 16);

export function showSlate(policy: i32, mostEducational: i32, users: i32): void {
  if (policy == POLICY_FIRST) showFirst(users);
  else if (policy == POLICY_RANDOM) showRandom(users);
  else if (slateSize == 3) showMixOfThree(mostEducational, users);
  else showMix(mostEducational, users);
}

function showFirst(users: i32): void {
  for (let slot = 0; slot < slateSize; slot++) {
    const row = documentRow(slot);
    for (let i: usize = 0; i < (<usize>users) << 2; i += 16) showWords(slot, i, v128.load(row + i));
  }
}

/**
 * The m largest words, falling, then the K - m smallest, rising. A candidate goes down the slots and leaves in each the
 * larger (below m) or the smaller of the two; equal words are equal documents, so ties need no rule here.
 */
function showMix(mostEducational: i32, users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 16) {
    for (let slot = 0; slot < slateSize; slot++) {
      v128.store(SLOTS + <usize>slot * WORD_ROW + i, i32x4.splat(slot < mostEducational ? 0 : -1));
    }
    for (let position = 0; position < numCandidates; position++) {
      const word = v128.load(documentRow(position) + i);
      let carried = word;
      for (let slot = 0; slot < mostEducational; slot++) {
        const at = SLOTS + <usize>slot * WORD_ROW + i;
        const held = v128.load(at);
        v128.store(at, i32x4.max_u(held, carried));
        carried = i32x4.min_u(held, carried);
      }
      carried = word;
      for (let slot = mostEducational; slot < slateSize; slot++) {
        const at = SLOTS + <usize>slot * WORD_ROW + i;
        const held = v128.load(at);
        v128.store(at, i32x4.min_u(held, carried));
        carried = i32x4.max_u(held, carried);
      }
    }
    for (let slot = 0; slot < slateSize; slot++) showWords(slot, i, v128.load(SLOTS + <usize>slot * WORD_ROW + i));
  }
}

/** All ones if the slot takes the least educational, which are the largest once their bits are flipped. */
function flip(slot: i32, mostEducational: i32): v128 {
  return i32x4.splat(slot < mostEducational ? 0 : -1);
}

/** The same for three slots held in registers: only the larger is ever sought, in flipped words where it must be. */
function showMixOfThree(mostEducational: i32, users: i32): void {
  const flip0 = flip(0, mostEducational);
  const flip1 = flip(1, mostEducational);
  const flip2 = flip(2, mostEducational);
  const starts1 = v128.xor(flip0, flip1);
  const starts2 = v128.xor(flip1, flip2);
  const first = documentRow(0);
  const fourth = documentRow(3);
  const end = documentRow(numCandidates);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 16) {
    let best0 = i32x4.splat(0);
    let best1 = i32x4.splat(0);
    let best2 = i32x4.splat(0);
    for (let row = first + i; row < end; row += WORD_ROW) {
      if (row == fourth - WORD_ROW + i) continue;
      const word = v128.load(row);
      const word0 = v128.xor(word, flip0);
      const word1 = select(v128.not(word), i32x4.min_u(best0, word0), starts1);
      best0 = i32x4.max_u(best0, word0);
      const word2 = select(v128.not(word), i32x4.min_u(best1, word1), starts2);
      best1 = i32x4.max_u(best1, word1);
      best2 = i32x4.max_u(best2, word2);
    }
    showWords(0, i, v128.xor(best0, flip0));
    showWords(1, i, v128.xor(best1, flip1));
    showWords(2, i, v128.xor(best2, flip2));
  }
}

/**
 * Fisher–Yates without the array: swap s exchanges place s with target t(s) in s … C-1. What lies at t(s) by then was put
 * there by the latest earlier swap with the same target, and came from that swap's own place.
 */
function drawPositions(users: i32): void {
  for (let i: usize = 0; i < (<usize>users) << 2; i += 16) {
    for (let slot = 0; slot < slateSize; slot++) {
      const target = i32x4.add(scaled(v128.load(policyRow(slot) + i), numCandidates - slot), i32x4.splat(slot));
      v128.store(TARGETS + ((<usize>slot) << 4), target);
      let position = target;
      for (let earlier = slot - 1; earlier >= 0; earlier--) {
        const same = i32x4.eq(position, v128.load(TARGETS + ((<usize>earlier) << 4)));
        position = select(i32x4.splat(earlier), position, same);
      }
      v128.store(SLOTS + <usize>slot * WORD_ROW + i, position);
    }
  }
}

function showRandom(users: i32): void {
  drawPositions(users);
  for (let slot = 0; slot < slateSize; slot++) {
    const positions = SLOTS + <usize>slot * WORD_ROW;
    const shown = SLATE + <usize>slot * ROW;
    for (let user: usize = 0; user < <usize>users; user++) {
      store<f64>(shown + (user << 3), educativenessOf(load<i32>(positions + (user << 2)), user));
    }
  }
}

function educativenessOf(position: i32, user: usize): f64 {
  if (resample == RESAMPLE_NEVER) return load<f64>(CORPUS + ((<usize>position) << 3));
  return <f64>load<u32>(documentRow(position) + (user << 2)) * (1.0 / 4294967296.0);
}

/** From a shared corpus a rule shows everybody the same slate at every step: the door names its positions once. */
export const SHARED_SLATE: usize = memory.data(MAX_SLATE * 4, 16);

export function showShared(users: i32): void {
  for (let slot: usize = 0; slot < <usize>slateSize; slot++) {
    const position = load<i32>(SHARED_SLATE + (slot << 2));
    const k = v128.load_splat<f64>(CORPUS + ((<usize>position) << 3));
    for (let i: usize = 0; i < (<usize>users) << 3; i += 16) v128.store(SLATE + slot * ROW + i, k);
  }
}
