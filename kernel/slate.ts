// The built-in policies: each fills the slate rows with the educativeness of the documents that it shows.
import { CORPUS, MAX_SLATE, ROW, SLATE, SLOTS, WORD_ROW } from "./layout";
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

/** Says where the slots of a policy's slates are: the rule "first" shows the drawn rows as they are. */
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

/** Swap targets of four users. */
const TARGETS: usize = memory.data(512, 16);

export function showSlate(policy: i32, mostEducational: i32, users: i32): void {
  if (policy == POLICY_FIRST) return;
  if (policy == POLICY_RANDOM) showRandom(users);
  else if (slateSize == 3 && mostEducational == 3) showTopThree(i32x4.splat(0), users);
  else if (slateSize == 3 && mostEducational == 0) showTopThree(i32x4.splat(-1), users);
  else if (slateSize == 3) showMixOfThree(mostEducational, users);
  else showMix(mostEducational, users);
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
  }
}

/**
 * The three largest words of every user, falling, in registers: an insertion network. Flipped words make it the three
 * smallest, rising.
 */
function showTopThree(flip: v128, users: i32): void {
  const first = documentRow(0);
  const rest = documentRow(3);
  const end = documentRow(numCandidates);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 16) {
    const a = v128.xor(v128.load(first + i), flip);
    const b = v128.xor(v128.load(first + i, WORD_ROW), flip);
    const c = v128.xor(v128.load(first + i, 2 * WORD_ROW), flip);
    const low = i32x4.min_u(a, b);
    const high = i32x4.max_u(a, b);
    const middle = i32x4.min_u(high, c);
    let best0 = i32x4.max_u(high, c);
    let best1 = i32x4.max_u(low, middle);
    let best2 = i32x4.min_u(low, middle);
    for (let row = rest + i; row < end; row += WORD_ROW) {
      const word = v128.xor(v128.load(row), flip);
      const second = i32x4.min_u(best0, word);
      best0 = i32x4.max_u(best0, word);
      best2 = i32x4.max_u(best2, i32x4.min_u(best1, second));
      best1 = i32x4.max_u(best1, second);
    }
    v128.store(SLOTS + i, v128.xor(best0, flip));
    v128.store(SLOTS + i, v128.xor(best1, flip), WORD_ROW);
    v128.store(SLOTS + i, v128.xor(best2, flip), 2 * WORD_ROW);
  }
}

/** All ones if the slot takes the least educational, which are the largest once their bits are flipped. */
function flipOf(slot: i32, mostEducational: i32): v128 {
  return i32x4.splat(slot < mostEducational ? 0 : -1);
}

/** The same for three slots held in registers: only the larger is ever sought, in flipped words where it must be. */
function showMixOfThree(mostEducational: i32, users: i32): void {
  const flip0 = flipOf(0, mostEducational);
  const flip1 = flipOf(1, mostEducational);
  const flip2 = flipOf(2, mostEducational);
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
    v128.store(SLOTS + i, v128.xor(best0, flip0));
    v128.store(SLOTS + i, v128.xor(best1, flip1), WORD_ROW);
    v128.store(SLOTS + i, v128.xor(best2, flip2), 2 * WORD_ROW);
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
    if (slateInWords) gatherWords(SLOTS + <usize>slot * WORD_ROW, users);
    else gatherCorpus(slot, users);
  }
}

/** Puts the documents' words where their positions were. */
function gatherWords(row: usize, users: i32): void {
  const first = documentRow(0);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 4) {
    const position = load<i32>(row + i);
    store<u32>(row + i, load<u32>(first + <usize>(position < 3 ? position : position + 1) * WORD_ROW + i));
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

/** From a shared corpus a rule shows everybody the same slate at every step: the door names its positions once. */
export const SHARED_SLATE: usize = memory.data(MAX_SLATE * 4, 16);

export function showShared(users: i32): void {
  for (let slot: usize = 0; slot < <usize>slateSize; slot++) {
    const position = load<i32>(SHARED_SLATE + (slot << 2));
    const k = v128.load_splat<f64>(CORPUS + ((<usize>position) << 3));
    for (let i: usize = 0; i < (<usize>users) << 3; i += 16) v128.store(SLATE + slot * ROW + i, k);
  }
}
