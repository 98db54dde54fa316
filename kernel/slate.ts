// The built-in policies: each fills the slate rows with the educativeness of the documents that it selects.
import { CORPUS, LOSERS, MAX_SLATE, ROW, SLATE, SLOTS, WORD_ROW } from "./layout";
import { documentRow, policyRow } from "./drawList";
import { scaled } from "./uniform";
import { select } from "./vector";
import { POLICY_FIRST, POLICY_RANDOM, RESAMPLE_NEVER, numCandidates, resample, slateSize } from "./world";

/** usize[32]: where the row of each slot is. */
const SLOT_ROWS: usize = memory.data(128, 16);
/**
 * Whether the slots' rows hold the documents' words, as all drawn documents do, or f64 educativeness, as a shared corpus
 * and slates from outside do.
 */
export let slateInWords: bool = false;

export function slotRow(slot: i32): usize {
  return load<usize>(SLOT_ROWS + ((<usize>slot) << 2));
}

/** Sets the rows of the slots of a policy's slates: the rule "first" uses the drawn rows themselves. */
export function placeSlots(policy: i32): void {
  slateInWords = resample != RESAMPLE_NEVER;
  for (let slot = 0; slot < slateSize; slot++) {
    let row = SLOTS + <usize>slot * WORD_ROW;
    if (policy == POLICY_FIRST) row = documentRow(slot);
    if (!slateInWords) row = SLATE + <usize>slot * ROW;
    store<usize>(SLOT_ROWS + ((<usize>slot) << 2), row);
  }
}

/** Slates from outside come as educativeness. */
export function placeOutsideSlots(): void {
  slateInWords = false;
  for (let slot = 0; slot < slateSize; slot++) {
    store<usize>(SLOT_ROWS + ((<usize>slot) << 2), SLATE + <usize>slot * ROW);
  }
}

export function showSlate(policy: i32, mostEducational: i32, users: i32): void {
  if (policy == POLICY_FIRST) return;
  if (policy == POLICY_RANDOM) return showRandom(users);
  rank(SLOTS, 0, mostEducational, 0, users);
  rank(SLOTS, mostEducational, slateSize, -1, users);
}

/**
 * Fills the rows `from` to `to` at `rows` with the largest words, falling; with the bits of words flipped (-1), these are the smallest, rising. Equal
 * words are equal documents, so ties need no rule here.
 */
export function rank(rows: usize, from: i32, to: i32, flipped: i32, users: i32): void {
  const flip = i32x4.splat(flipped);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 16) {
    let words = documentRow(0) + i;
    let stride = WORD_ROW;
    for (let slot = from; slot < to; slot += 4) {
      const left = to - slot;
      const at = rows + <usize>slot * WORD_ROW + i;
      if (left > 4) keepLargest(4, true, words, stride, flip, at);
      else if (left == 4) keepLargest(4, false, words, stride, flip, at);
      else if (left == 3) keepLargest(3, false, words, stride, flip, at);
      else if (left == 2) keepLargest(2, false, words, stride, flip, at);
      else keepLargest(1, false, words, stride, flip, at);
      words = LOSERS;
      stride = 16;
    }
  }
}

/**
 * Selects the `count` ≤ 4 largest of four users' words, in registers: every candidate is compared with the places in turn, and the
 * larger of the two stays in each. Displaced ones are written to LOSERS if there are further places to fill. Returns the largest;
 * inlined with a known `count`, the tests disappear.
 */
function keepLargest(count: i32, further: bool, words: usize, stride: usize, flip: v128, at: usize): v128 {
  let best0 = i32x4.splat(0);
  let best1 = i32x4.splat(0);
  let best2 = i32x4.splat(0);
  let best3 = i32x4.splat(0);
  const end = words + <usize>numCandidates * stride;
  let loser = LOSERS;
  for (let next = words; next < end; next += stride) {
    const word = v128.xor(v128.load(next), flip);
    let rest = i32x4.min_u(best0, word);
    best0 = i32x4.max_u(best0, word);
    if (count > 1) {
      const second = rest;
      rest = i32x4.min_u(best1, second);
      best1 = i32x4.max_u(best1, second);
    }
    if (count > 2) {
      const third = rest;
      rest = i32x4.min_u(best2, third);
      best2 = i32x4.max_u(best2, third);
    }
    if (count > 3) {
      const fourth = rest;
      rest = i32x4.min_u(best3, fourth);
      best3 = i32x4.max_u(best3, fourth);
    }
    if (further) {
      v128.store(loser, v128.xor(rest, flip));
      loser += 16;
    }
  }
  v128.store(at, v128.xor(best0, flip));
  if (count > 1) v128.store(at, v128.xor(best1, flip), WORD_ROW);
  if (count > 2) v128.store(at, v128.xor(best2, flip), 2 * WORD_ROW);
  if (count > 3) v128.store(at, v128.xor(best3, flip), 3 * WORD_ROW);
  return best0;
}

/** Swap targets of four users. */
const TARGETS: usize = memory.data(512, 16);

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
    if (slateInWords) gatherWords(SLOTS + <usize>slot * WORD_ROW, users);
    else gatherCorpus(slot, users);
  }
}

/** Puts the documents' words where their positions were. */
function gatherWords(row: usize, users: i32): void {
  const first = documentRow(0);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 4) {
    const position = load<i32>(row + i);
    store<u32>(row + i, load<u32>(first + <usize>position * WORD_ROW + i));
  }
}

function gatherCorpus(slot: i32, users: i32): void {
  const positions = SLOTS + <usize>slot * WORD_ROW;
  const shown = SLATE + <usize>slot * ROW;
  for (let user: usize = 0; user < <usize>users; user++) {
    const position = load<u32>(positions + (user << 2));
    store<f64>(shown + (user << 3), load<f64>(CORPUS + ((<usize>position) << 3)));
  }
}

/** Positions of the slate that a rule selects from a shared corpus, for all users and steps; TypeScript writes them once. */
export const SHARED_SLATE: usize = memory.data(MAX_SLATE * 4, 16);

export function showShared(users: i32): void {
  for (let slot: usize = 0; slot < <usize>slateSize; slot++) {
    const position = load<i32>(SHARED_SLATE + (slot << 2));
    const k = v128.load_splat<f64>(CORPUS + ((<usize>position) << 3));
    for (let i: usize = 0; i < (<usize>users) << 3; i += 16) v128.store(SLATE + slot * ROW + i, k);
  }
}
