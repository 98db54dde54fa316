// The memory map of a compiled world. A tile is 64 users; a row holds one number of each, and a record has a row for every value in it, so a
// record of one user is an address whose values lie a row apart.
import { DOCUMENT_VALUES, DRAW_ROWS, METRIC_VALUES, RESPONSE_VALUES, USER_VALUES } from "./world";

export const TILE: i32 = 64;
/** Bytes in a row of f64 and in a row of u32. */
export const ROW: usize = 512;
export const WORD_ROW: usize = 256;

/** f64[64]: the uniform or normal draws of a stage, in the order of its calls. */
export let DRAWS: usize = 0;
/** The states of the users. */
export let USERS: usize = 0;
/** [numCandidates or slateSize] records. */
export let DOCUMENTS: usize = 0;
/** [slateSize] records. */
export let RESPONSES: usize = 0;
export let MEASURED: usize = 0;
/** i32[slateSize][64]: the index in DOCUMENTS of each slot's document. */
export let SLOTS: usize = 0;
/** f64[slateSize + 1][64]: scores, then chances; no click last. */
export let SCORES: usize = 0;
/** f64[numCandidates][64]: ranks. */
export let RANKS: usize = 0;
/** f64[slateSize][2] and i64[slateSize][2]: ranks and positions of two users' slates, while they are filled. */
export let BEST: usize = 0;
export let HELD: usize = 0;
/** i32[numCandidates]: positions, while one user's slate is drawn. */
export let ORDER: usize = 0;
/** f64[steps]: how often a step's reward counts, γ^t, or 0 in the warm-up. */
export let WEIGHTS: usize = 0;
/** f64[steps][1 + METRIC_VALUES][3]: sums of a block for the reward and each metric. */
export let SERIES: usize = 0;
/** f64[steps]: users of the block who took the step. */
export let TAKEN: usize = 0;
/** f64[slateSize + 1]: how often each slot was picked in a block, no click last. */
export let PICKED: usize = 0;
/** f64[METRIC_VALUES][64]: each user's metrics so far, and those of the tile's users when their episodes have ended. */
export let SUMS: usize = 0;
export let END_SUMS: usize = 0;

/** f64[64] and i32[64]: reward and slot of the step that is being taken. */
export const REWARDS: usize = memory.data(512, 16);
export const CHOICES: usize = memory.data(256, 16);
/** u32[64]: the user in each place of the rows. What draws for eight users reads 32 bytes from any place on. */
export const NUMBERS: usize = memory.data(288, 16);
/** f64[64]: each user's return so far. */
export const TOTALS: usize = memory.data(512, 16);
/** i32[64]: steps taken. */
export const LENGTHS: usize = memory.data(256, 16);
/** i64[64]: -1 while the episode goes on, else 0. */
export const ACTIVE: usize = memory.data(512, 16);
/** u64[64] */
export const DIGESTS: usize = memory.data(512, 16);
/** f64[64], u64[64] and i32[64]: returns, digests and lengths of the tile's users, in their order, when their episodes have ended. */
export const END_TOTALS: usize = memory.data(512, 16);
export const END_DIGESTS: usize = memory.data(512, 16);
export const END_LENGTHS: usize = memory.data(256, 16);
/** u32[64]: the block of each user's draws, where they differ. */
export const BLOCKS: usize = memory.data(256, 16);

let heapEnd: usize = 0;

/** Hands out `bytes` of the heap, on a multiple of 64; grows memory when it must. */
function allocate(bytes: usize): usize {
  const at = heapEnd;
  heapEnd = (at + bytes + 63) & ~63;
  const pages = <i32>((heapEnd + 0xffff) >> 16);
  if (pages > memory.size()) memory.grow(pages - memory.size());
  return at;
}

export function reserve(slateSize: i32, numCandidates: i32, steps: i32): void {
  heapEnd = (__heap_base + 63) & ~63;
  DRAWS = allocate(<usize>max(DRAW_ROWS, 1) * ROW);
  USERS = allocate(<usize>USER_VALUES * ROW);
  DOCUMENTS = allocate(<usize>numCandidates * <usize>DOCUMENT_VALUES * ROW);
  RESPONSES = allocate(<usize>slateSize * <usize>RESPONSE_VALUES * ROW);
  MEASURED = allocate(<usize>METRIC_VALUES * ROW);
  SLOTS = allocate(<usize>slateSize * WORD_ROW);
  SCORES = allocate(<usize>(slateSize + 1) * ROW);
  RANKS = allocate(<usize>numCandidates * ROW);
  BEST = allocate(<usize>slateSize * 16);
  HELD = allocate(<usize>slateSize * 16);
  ORDER = allocate(<usize>numCandidates * 4);
  WEIGHTS = allocate(<usize>steps * 8);
  SERIES = allocate(<usize>steps * <usize>(1 + METRIC_VALUES) * 24);
  TAKEN = allocate(<usize>steps * 8);
  PICKED = allocate(<usize>(slateSize + 1) * 8);
  SUMS = allocate(<usize>METRIC_VALUES * ROW);
  END_SUMS = allocate(<usize>METRIC_VALUES * ROW);
}
