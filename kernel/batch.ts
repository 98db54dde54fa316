// Batches: many users whose state, observations and slates are rows of `stride` numbers. An external policy fills the slates.
import { choiceRow, listForBatch, slots } from "./drawList";
import { CHOICE, DIGEST, ENGAGEMENT, EXPOSURE, ROW, SATISFACTION, TILE, WORD_ROW, allocate, reserve } from "./layout";
import { forgetUsers } from "./users";
import { numCandidates, slateSize } from "./world";

/** Capacity of the batch in users, in whole tiles: the length of every row below. */
export let stride: i32 = 0;
// State, f64[stride] or u64[stride].
export let BATCH_EXPOSURE: usize = 0;
export let BATCH_SATISFACTION: usize = 0;
export let BATCH_DIGEST: usize = 0;
/** u32[stride]: the words of the coming choice, drawn in one block with the first documents. */
let CHOICE_WORDS: usize = 0;
// Observations: f64[stride], f64[numCandidates][stride], u8[numCandidates][stride].
export let OBSERVATIONS: usize = 0;
export let EDUCATIVENESS: usize = 0;
export let CLUSTERS: usize = 0;
// Slates, i32[stride][slateSize], and responses, i32[stride] and f64[stride].
export let SLATES: usize = 0;
export let CHOICES: usize = 0;
export let ENGAGEMENTS: usize = 0;

/** Allocates a batch of `users`; pointers are valid only after this. */
export function prepareBatch(users: i32): void {
  listForBatch();
  forgetUsers();
  reserve(slots, numCandidates, 0);
  // An odd number of tiles: rows a power of two apart would map to the same lines of the cache.
  stride = (((users + TILE - 1) / TILE) | 1) * TILE;
  const row = <usize>stride * 8;
  BATCH_EXPOSURE = allocate(row);
  BATCH_SATISFACTION = allocate(row);
  BATCH_DIGEST = allocate(row);
  CHOICE_WORDS = allocate(<usize>stride * 4);
  OBSERVATIONS = allocate(row);
  EDUCATIVENESS = allocate(row * numCandidates);
  CLUSTERS = allocate(<usize>stride * numCandidates);
  SLATES = allocate(<usize>stride * slateSize * 4);
  CHOICES = allocate(<usize>stride * 4);
  ENGAGEMENTS = allocate(row);
}

/** A loop, as memory.copy calls out of WebAssembly, which is slow for rows of a tile. `bytes` is a multiple of 64. */
function copy(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 64) {
    v128.store(to + i, v128.load(from + i));
    v128.store(to + i, v128.load(from + i, 16), 16);
    v128.store(to + i, v128.load(from + i, 32), 32);
    v128.store(to + i, v128.load(from + i, 48), 48);
  }
}

/** Loads a tile's state from the batch. */
export function enter(done: i32): void {
  const at = (<usize>done) << 3;
  copy(EXPOSURE, BATCH_EXPOSURE + at, ROW);
  copy(SATISFACTION, BATCH_SATISFACTION + at, ROW);
  copy(DIGEST, BATCH_DIGEST + at, ROW);
  copy(choiceRow(), CHOICE_WORDS + (at >> 1), WORD_ROW);
}

/** Puts a tile's state back. */
export function leave(done: i32): void {
  const at = (<usize>done) << 3;
  copy(BATCH_EXPOSURE + at, EXPOSURE, ROW);
  copy(BATCH_SATISFACTION + at, SATISFACTION, ROW);
  copy(BATCH_DIGEST + at, DIGEST, ROW);
}

export function leaveChoiceWords(done: i32): void {
  copy(CHOICE_WORDS + ((<usize>done) << 2), choiceRow(), WORD_ROW);
}

export function leaveResponses(done: i32): void {
  copy(ENGAGEMENTS + ((<usize>done) << 3), ENGAGEMENT, ROW);
  for (let i: usize = 0; i < WORD_ROW; i += 16) {
    const choices = v128.shuffle<i32>(v128.load(2 * i, CHOICE), v128.load(2 * i + 16, CHOICE), 0, 2, 4, 6);
    v128.store(CHOICES + ((<usize>done) << 2) + i, choices);
  }
}
