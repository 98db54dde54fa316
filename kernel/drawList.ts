// Philox blocks that a run draws, and the positions of their words. Blocks that nothing uses are not on the list.
//
//   world stream   block 0              choice k0 k1 k2
//                  block 1              radius high, radius low, angle high, angle low
//                  block 2 + b          k(3+4b) … k(6+4b)
//                  LOOK                 observation, clusters of 12 documents, four to a word
//                  LOOK + 1 + b         clusters of 16 documents
//                  START                first exposure, –, –, –
//   policy stream  block b              positions 4b … 4b+3 of a random slate
import { listBlock, wordRow } from "./philox";
import { RESAMPLE_EPISODE, RESAMPLE_NEVER, RESAMPLE_STEP, numCandidates, resample } from "./world";

const WORLD: u32 = 0;
const POLICY: u32 = 1;
const LOOK: u32 = 0x10000000;
const START: u32 = 0x30000000;

export const NORMAL_SLOT: i32 = 0;
export const CHOICE_SLOT: i32 = 1;

/** Slots below this one are drawn at every step; those from here to `slots`, at step 0 or for an observation. */
export let stepSlots: i32 = 0;
export let slots: i32 = 0;
let documentSlot: i32 = 0;
/** In a batch: first slot that every observation draws, apart from the documents before it. */
export let lookSlot: i32 = 0;
let policySlot: i32 = 0;
export let startSlot: i32 = 0;

function list(block: u32, stream: u32): i32 {
  listBlock(slots, block, stream);
  return slots++;
}

function listDocuments(documents: i32): void {
  for (let b = 0; 4 * b < documents - 3; b++) list(2 + b, WORLD);
}

function listStep(): void {
  slots = 0;
  list(1, WORLD);
  list(0, WORLD);
}

/** For a rollout whose policy looks at the first `documents` candidates and draws `policyWords` words of its own. */
export function listForRollout(documents: i32, policyWords: i32): void {
  listStep();
  documentSlot = CHOICE_SLOT;
  if (resample == RESAMPLE_STEP) listDocuments(documents);
  policySlot = slots;
  for (let b = 0; 4 * b < policyWords; b++) list(b, POLICY);
  stepSlots = slots;
  startSlot = list(START, WORLD);
  if (resample == RESAMPLE_EPISODE) {
    documentSlot = list(0, WORLD);
    listDocuments(documents);
  }
}

/**
 * Lists the blocks of a batch: the normals of a step, the observation, and the first exposure. An observation without new documents
 * draws the slots of the choice and of `lookSlot` only.
 */
export function listForBatch(): void {
  listStep();
  documentSlot = CHOICE_SLOT;
  if (resample != RESAMPLE_NEVER) listDocuments(numCandidates);
  lookSlot = list(LOOK, WORLD);
  if (resample != RESAMPLE_NEVER) {
    for (let b = 0; 16 * b < numCandidates - 12; b++) list(LOOK + 1 + b, WORLD);
  }
  startSlot = list(START, WORLD);
}

export function documentRow(position: i32): usize {
  return wordRow(documentSlot, position + 1);
}

export function policyRow(position: i32): usize {
  return wordRow(policySlot, position);
}

export function clusterRow(position: i32): usize {
  return wordRow(lookSlot, 1 + (position >> 2));
}

export function choiceRow(): usize {
  return wordRow(CHOICE_SLOT, 0);
}

export function normalRow(word: i32): usize {
  return wordRow(NORMAL_SLOT, word);
}

export function observationRow(): usize {
  return wordRow(lookSlot, 0);
}

export function startRow(): usize {
  return wordRow(startSlot, 0);
}
