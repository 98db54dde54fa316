// Slates of the built-in policies: src/policies/selectSlate.ts is the reference.
import { drawStaying } from "./candidates";
import { everybody, fail, toDouble } from "./functions";
import { ACTIVE, BEST, DOCUMENTS, HELD, ORDER, RANKS, ROW, SLOTS, WORD_ROW } from "./memory";
import { WORDS, policyWords } from "./philox";
import { rankOf, sampleAtPositions, sampleDocuments, sampleWholeDocuments, scoreOf } from "./stages";
import { CANDIDATES_STAY, DOCUMENT_VALUES, ONE_CORPUS } from "./world";

/** In the order of RULES in src/world/policy.ts. */
const POLICY_FIRST: i32 = 0;
const POLICY_RANDOM: i32 = 2;
const POLICY_MIX: i32 = 1;
const MAX_RANK: f64 = 1e100;
/** What documents are ranked by, in the order of ORDERS in src/worlds/compiled/kernelOrder.ts. */
const BY_RANK: i32 = 0;
const BY_SCORE: i32 = 1;
const BY_DOUBLE: i32 = 2;

let policy: i32 = 0;
let fromTop: i32 = 0;
let order: i32 = BY_RANK;
/** Place of the field that documents are ranked by in their record. */
let orderField: usize = 0;
let slateSize: i32 = 0;
let numCandidates: i32 = 0;
/** As many ones as a position has bits. */
let positionBits: i64 = 0;

export function openSlates(
  policy_: i32,
  fromTop_: i32,
  order_: i32,
  orderField_: i32,
  slateSize_: i32,
  numCandidates_: i32,
): void {
  policy = policy_;
  fromTop = fromTop_;
  order = order_;
  orderField = <usize>orderField_;
  slateSize = slateSize_;
  numCandidates = numCandidates_;
  positionBits = (1 << (32 - clz<i32>(numCandidates))) - 1;
}

/** The record of a slot's document; `i`: the user's place in a row. */
export function documentAt(slot: i32, i: usize): usize {
  const isByPosition = policy == POLICY_MIX || (CANDIDATES_STAY && policy == POLICY_RANDOM);
  const index = isByPosition ? load<i32>(SLOTS + <usize>slot * WORD_ROW + (i >> 1)) : slot;
  return DOCUMENTS + <usize>index * <usize>DOCUMENT_VALUES * ROW + i;
}

/** Draws the documents that the policy looks at, and fills the slates. */
export function fillSlates(step: i32, users: i32): void {
  if (CANDIDATES_STAY) fillFromStaying(step, users);
  else fillAnew(step, users);
}

/** Ranks and fields of candidates that stay never change, nor do slates by them. */
function fillFromStaying(step: i32, users: i32): void {
  if (step == 0 && !ONE_CORPUS) drawStaying(policy == POLICY_FIRST ? slateSize : numCandidates, users);
  // Users go by two, so the last one's neighbour needs positions, too.
  if (policy == POLICY_RANDOM) shuffle(step, (users + 1) & ~1);
  else if (policy == POLICY_MIX && (step == 0 || order == BY_SCORE)) rankAll(users);
}

function fillAnew(step: i32, users: i32): void {
  if (policy == POLICY_FIRST) {
    for (let slot = 0; slot < slateSize; slot++) sampleDocuments(slot, step, users);
  } else if (policy == POLICY_RANDOM) {
    shuffle(step, users);
    for (let slot = 0; slot < slateSize; slot++) sampleAtPositions(slot, slotAt(slot, 0), step, users);
  } else {
    for (let index = 0; index < numCandidates; index++) {
      if (order <= BY_SCORE) sampleDocuments(index, step, users);
      else sampleWholeDocuments(index, step, users);
    }
    rankAll(users);
  }
}

function slotAt(slot: i32, lane: usize): usize {
  return SLOTS + <usize>slot * WORD_ROW + (lane << 2);
}

/** The first places of a Fisher–Yates shuffle. */
function shuffle(step: i32, users: i32): void {
  for (let slot = 0; slot < slateSize; slot++) {
    if ((slot & 3) == 0) policyWords(slot >> 2, step, users);
    const words = WORDS + <usize>(slot & 3) * WORD_ROW;
    for (let lane: usize = 0; lane < <usize>users; lane++) {
      const target = slot + <i32>((<u64>load<u32>(words + (lane << 2)) * <u64>(numCandidates - slot)) >> 32);
      // The slots keep the words' targets until all are known.
      store<i32>(slotAt(slot, lane), target);
    }
  }
  for (let lane: usize = 0; lane < <usize>users; lane++) settle(lane);
}

/** Turns the targets of one user's shuffle into positions. */
function settle(lane: usize): void {
  for (let position = 0; position < numCandidates; position++) store<i32>(ORDER + ((<usize>position) << 2), position);
  for (let slot = 0; slot < slateSize; slot++) {
    const target = ORDER + ((<usize>load<i32>(slotAt(slot, lane))) << 2);
    const found = load<i32>(target);
    store<i32>(target, load<i32>(ORDER + ((<usize>slot) << 2)));
    store<i32>(slotAt(slot, lane), found);
  }
}

function rankAll(users: i32): void {
  for (let index = 0; index < numCandidates; index++) {
    const document = DOCUMENTS + <usize>index * <usize>DOCUMENT_VALUES * ROW;
    let legal = everybody();
    for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
      const found = numberOf(i, document + i);
      legal = v128.and(
        legal,
        v128.or(f64x2.le(f64x2.abs(found), f64x2.splat(MAX_RANK)), v128.not(v128.load(ACTIVE + i))),
      );
      v128.store(RANKS + <usize>index * ROW + i, found);
    }
    if (!i64x2.all_true(legal)) fail();
  }
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    insertInto(0, fromTop, true, i);
    insertInto(fromTop, slateSize, false, i);
  }
}

/** What two users' documents are ranked by. */
function numberOf(i: usize, document: usize): v128 {
  if (order == BY_RANK) return rankOf(i, document);
  if (order == BY_SCORE) return scoreOf(i, document, document + 8);
  const value = v128.load(document + orderField * ROW);
  return order == BY_DOUBLE ? value : toDouble(value);
}

function insertInto(first: i32, end: i32, highest: bool, i: usize): void {
  if (first == end || (end - first <= 3 && insertByKeys(first, end, highest, i))) return;
  insertBest(first, end, highest, i);
}

/**
 * As `insertBest`, for at most three slots, by keys: ranks whose last bits are their positions. Returns false where ranks are too close for
 * that, and writes nothing then.
 */
function insertByKeys(first: i32, end: i32, highest: bool, i: usize): bool {
  const sign = f64x2.splat(highest ? 0.0 : -0.0); // the lowest ranks are the highest of their negatives
  const last = i64x2.splat(positionBits);
  let key0 = f64x2.splat(-Infinity);
  let key1 = key0;
  let key2 = key0;
  let key3 = key0;
  for (let index = 0; index < numCandidates; index++) {
    const rank = f64x2.add(v128.xor(v128.load(RANKS + <usize>index * ROW + i), sign), f64x2.splat(0.0)); // 0 is -0
    let key = v128.or(v128.andnot(rank, last), i64x2.splat(index));
    const next0 = f64x2.pmax(key0, key);
    key = f64x2.pmin(key0, key);
    key0 = next0;
    const next1 = f64x2.pmax(key1, key);
    key = f64x2.pmin(key1, key);
    key1 = next1;
    const next2 = f64x2.pmax(key2, key);
    key = f64x2.pmin(key2, key);
    key2 = next2;
    key3 = f64x2.pmax(key3, key);
  }
  const isClose = v128.or(v128.or(areClose(key0, key1), areClose(key1, key2)), areClose(key2, key3));
  if (v128.any_true(isClose)) return false;
  keepSlot(first, v128.and(key0, last), i);
  if (end > first + 1) keepSlot(first + 1, v128.and(key1, last), i);
  if (end > first + 2) keepSlot(first + 2, v128.and(key2, last), i);
  return true;
}

/** Whether keys differ by their positions alone. */
function areClose(a: v128, b: v128): v128 {
  return i64x2.eq(v128.andnot(a, i64x2.splat(positionBits)), v128.andnot(b, i64x2.splat(positionBits)));
}

/** Stores two users' positions in a slot. */
function keepSlot(slot: i32, held: v128, i: usize): void {
  v128.store64_lane(SLOTS + <usize>slot * WORD_ROW + (i >> 1), v128.shuffle<i32>(held, held, 0, 2, 0, 2), 0);
}

/**
 * Fills the slots from `first` up to `end` of two users: the highest ranks, at equal ranks the lowest position first; or the lowest ranks,
 * and the highest position first. Candidates come in that order, so an equal one stands behind those before it.
 */
function insertBest(first: i32, end: i32, highest: bool, i: usize): void {
  const sign = f64x2.splat(highest ? 0.0 : -0.0);
  for (let slot = first; slot < end; slot++) {
    v128.store(BEST + ((<usize>slot) << 4), f64x2.splat(-Infinity));
    v128.store(HELD + ((<usize>slot) << 4), i64x2.splat(0)); // for those who take no step, whose ranks may be no numbers
  }
  for (let n = 0; n < numCandidates; n++) {
    const index = highest ? n : numCandidates - 1 - n;
    let rank = v128.xor(v128.load(RANKS + <usize>index * ROW + i), sign);
    let position = i64x2.splat(index);
    let isPlaced = i64x2.splat(0);
    for (let slot = first; slot < end; slot++) {
      const at = (<usize>slot) << 4;
      const there = v128.load(BEST + at);
      const held = v128.load(HELD + at);
      // A document that loses its slot takes the next one.
      isPlaced = v128.or(isPlaced, f64x2.gt(rank, there));
      v128.store(BEST + at, v128.bitselect(rank, there, isPlaced));
      v128.store(HELD + at, v128.bitselect(position, held, isPlaced));
      rank = v128.bitselect(there, rank, isPlaced);
      position = v128.bitselect(held, position, isPlaced);
    }
  }
  for (let slot = first; slot < end; slot++) keepSlot(slot, v128.load(HELD + ((<usize>slot) << 4)), i);
}
