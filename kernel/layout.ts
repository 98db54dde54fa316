// The memory map. A tile is 64 users who are simulated together, step by step; a row holds one number for each of them.
//
//   fixed rows     below, f64[64] each by default; they stay in the first-level cache
//   from __heap_base, sized by `reserve`:
//     WORDS        u32[slots][4][64]   the words of the Philox blocks on the draw list
//     OPENED       u32[slots][2][64]   terms of their first rounds that depend on user and block only
//     CORPUS       f64[numCandidates]  educativeness of a corpus that all users share
//     SERIES       f64[steps][4][2]    sums of e, e², s, s² with e and s the engagement and satisfaction less their pivots;
//                                      even and odd users
//     SERIES_PIVOTS f64[steps][2]      engagement and satisfaction of the block's first user
//     LOSERS       u32[numCandidates][4]   four users' candidates that are not on the slate yet
//     RETURNS      f64[4096]           total engagement of each user of a block, or its estimate
//     WEIGHTS      f64[steps]          how often a step's engagement counts: γ^t, or 0 in the warm-up
//     control      see `prepareControl` in control.ts
//     batch        see `prepareBatch` in batch.ts

export const TILE: i32 = 64;
/** Users in a block. */
export const BLOCK: i32 = 4096;
/** Bytes in a row of f64 and in a row of u32. */
export const ROW: usize = 512;
export const WORD_ROW: usize = 256;
export const MAX_SLATE: i32 = 32;

// State of a user, kept over the steps.
export const EXPOSURE: usize = memory.data(512, 16);
export const SATISFACTION: usize = memory.data(512, 16);
export const DIGEST: usize = memory.data(512, 16);
export const TOTAL_ENGAGEMENT: usize = memory.data(512, 16);
/** The weight of the step that is being taken. */
export const WEIGHT: usize = memory.data(8, 16);
/** Row of estimated returns, under the estimators "expected" and "controlled". */
export const ESTIMATE: usize = memory.data(512, 16);
/** Educativeness of a user's first click, a NaN before it; the sums are about it. */
export const CLICKED_PIVOT: usize = memory.data(512, 16);
export const CLICKED_SUM: usize = memory.data(512, 16);
export const CLICKED_SQUARES: usize = memory.data(512, 16);
/** f64[2][2]: least and greatest educativeness of a block's clicks, even and odd users. */
export const CLICKED_RANGE: usize = memory.data(32, 16);
/** i64[32][64]: in how many steps the choice went past slot s. */
export const PAST: usize = memory.data(16384, 16);

// One step's numbers, in the order in which the stages make them.
/** f64[32][64]: educativeness of the document in slot s. */
export const SLATE: usize = memory.data(16384, 16);
/** u32[32][64]: words or candidate positions of the slots, while a policy is at work. */
export const SLOTS: usize = memory.data(8192, 16);
export const ENGAGEMENT_NORMAL: usize = memory.data(512, 16);
export const INNOVATION_NORMAL: usize = memory.data(512, 16);
/** Educativeness of the clicked document; 0 without a click. */
export const CLICKED: usize = memory.data(512, 16);
/** i64: the slot clicked, or slateSize for no click. */
export const CHOICE: usize = memory.data(512, 16);
export const ENGAGEMENT: usize = memory.data(512, 16);

export let WORDS: usize = 0;
export let OPENED: usize = 0;
export let CORPUS: usize = 0;
export let SERIES: usize = 0;
export let SERIES_PIVOTS: usize = 0;
export let LOSERS: usize = 0;
export let RETURNS: usize = 0;
export let WEIGHTS: usize = 0;

let heapEnd: usize = 0;

/** Hands out `bytes` of the heap, on a multiple of 64; grows memory when it must. */
export function allocate(bytes: usize): usize {
  const at = heapEnd;
  heapEnd = (at + bytes + 63) & ~63;
  const pages = <i32>((heapEnd + 0xffff) >> 16);
  if (pages > memory.size()) memory.grow(pages - memory.size());
  return at;
}

/** Starts the heap anew and gives the shared sections their places. */
export function reserve(slots: i32, numCandidates: i32, steps: i32): void {
  heapEnd = (__heap_base + 63) & ~63;
  WORDS = allocate(<usize>slots * 4 * WORD_ROW);
  OPENED = allocate(<usize>slots * 2 * WORD_ROW);
  CORPUS = allocate(<usize>numCandidates * 8);
  SERIES = allocate(<usize>steps * 64);
  SERIES_PIVOTS = allocate(<usize>steps * 16);
  LOSERS = allocate(<usize>numCandidates * 16);
  RETURNS = allocate(<usize>BLOCK * 8);
  WEIGHTS = allocate(<usize>steps * 8);
}
