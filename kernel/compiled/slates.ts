// Slates of the built-in policies: src/policies/selectSlate.ts is the reference.
import { WORDS, policyWords } from "./draws";
import { fail } from "./functions";
import { DOCUMENTS, ORDER, RANKS, ROW, SLOTS, WORD_ROW } from "./memory";
import { sampleAtPositions, sampleDocuments, rankOf } from "./stages";
import { DOCUMENT_VALUES } from "./world";

/** In the order of RULES in src/world/policy.ts. */
const POLICY_FIRST: i32 = 0;
const POLICY_RANDOM: i32 = 2;
const POLICY_MIX: i32 = 1;

let policy: i32 = 0;
let fromTop: i32 = 0;
let slateSize: i32 = 0;
let numCandidates: i32 = 0;

export function openSlates(policy_: i32, fromTop_: i32, slateSize_: i32, numCandidates_: i32): void {
  policy = policy_;
  fromTop = fromTop_;
  slateSize = slateSize_;
  numCandidates = numCandidates_;
}

/** The record of a slot's document. */
export function documentIn(slot: i32, lane: usize): usize {
  const index = policy == POLICY_MIX ? load<i32>(slotAt(slot, lane)) : slot;
  return DOCUMENTS + <usize>index * <usize>DOCUMENT_VALUES * ROW + (lane << 3);
}

/** Draws the documents that the policy looks at, and fills the slates. */
export function fillSlates(step: i32, firstUser: u32, users: i32): void {
  if (policy == POLICY_FIRST) {
    for (let slot = 0; slot < slateSize; slot++) sampleDocuments(slot, step, firstUser, users);
  } else if (policy == POLICY_RANDOM) {
    shuffle(step, firstUser, users);
    for (let slot = 0; slot < slateSize; slot++) sampleAtPositions(slot, slotAt(slot, 0), step, firstUser, users);
  } else {
    for (let index = 0; index < numCandidates; index++) sampleDocuments(index, step, firstUser, users);
    rank(users);
  }
}

function slotAt(slot: i32, lane: usize): usize {
  return SLOTS + <usize>slot * WORD_ROW + (lane << 2);
}

/** The first places of a Fisher–Yates shuffle. */
function shuffle(step: i32, firstUser: u32, users: i32): void {
  for (let slot = 0; slot < slateSize; slot++) {
    if ((slot & 3) == 0) policyWords(slot >> 2, step, firstUser, users);
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

function rank(users: i32): void {
  for (let index = 0; index < numCandidates; index++) {
    const document = DOCUMENTS + <usize>index * <usize>DOCUMENT_VALUES * ROW;
    for (let lane: usize = 0; lane < <usize>users; lane++) {
      const found = rankOf(document + (lane << 3));
      if (!(abs(found) <= 1e100)) fail();
      store<f64>(RANKS + <usize>index * ROW + (lane << 3), found);
    }
  }
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    for (let slot = 0; slot < fromTop; slot++) insertBest(slot, lane, true);
    for (let slot = fromTop; slot < slateSize; slot++) insertBest(slot, lane, false);
  }
}

/** Puts the best document that is not yet in a slot of its kind there: the highest rank at the lowest position, or the lowest at the highest. */
function insertBest(slot: i32, lane: usize, fromTop_: bool): void {
  const from = fromTop_ ? 0 : fromTop;
  let best = -1;
  let bestRank: f64 = 0;
  let lastRank: f64 = 0;
  let last = -1;
  if (slot > from) {
    last = load<i32>(slotAt(slot - 1, lane));
    lastRank = load<f64>(RANKS + <usize>last * ROW + (lane << 3));
  }
  for (let index = 0; index < numCandidates; index++) {
    const found = load<f64>(RANKS + <usize>index * ROW + (lane << 3));
    const isAfter = fromTop_
      ? last < 0 || found < lastRank || (found == lastRank && index > last)
      : last < 0 || found > lastRank || (found == lastRank && index < last);
    if (!isAfter) continue;
    const isBetter = fromTop_ ? best < 0 || found > bestRank : best < 0 || found <= bestRank;
    if (!isBetter) continue;
    best = index;
    bestRank = found;
  }
  store<i32>(slotAt(slot, lane), best);
}
