// Which Philox blocks a run draws, and where their words lie. What nobody looks at is not on the list.
//
//   world stream   block 0              choice k0 k1 k2
//                  block 1              radius high, radius low, angle high, angle low
//                  block 2 + b          k(3+4b) … k(6+4b)
//                  CLUSTERS + b         clusters of 16 documents, four to a word
//                  OBSERVATION          observation, –, –, –
//                  START                first exposure, –, –, –
//   policy stream  block b              positions 4b … 4b+3 of a random slate
import { listBlock, wordRow } from "./philox";
import { RESAMPLE_EPISODE, RESAMPLE_NEVER, RESAMPLE_STEP, numCandidates, resample } from "./world";

const WORLD: u32 = 0;
const POLICY: u32 = 1;
const CLUSTERS: u32 = 0x10000000;
const OBSERVATION: u32 = 0x20000000;
const START: u32 = 0x30000000;

const NORMAL_SLOT: i32 = 0;
const CHOICE_SLOT: i32 = 1;

/** Slots below this one are drawn at every step; those from here to `slots`, at step 0 or when somebody looks. */
export let stepSlots: i32 = 0;
export let slots: i32 = 0;
let documentSlot: i32 = 0;
let clusterSlot: i32 = 0;
let policySlot: i32 = 0;
let extraSlot: i32 = 0;

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
  extraSlot = list(START, WORLD);
  if (resample == RESAMPLE_EPISODE) {
    documentSlot = list(0, WORLD);
    listDocuments(documents);
  }
}

/** For lives led from outside: what a step draws, and the first exposure. */
export function listForReset(): void {
  listStep();
  stepSlots = slots;
  extraSlot = list(START, WORLD);
}

/** For a look from outside: the observation and, if they are drawn anew, the candidates with their clusters. */
export function listForObservation(withDocuments: bool): void {
  listStep();
  stepSlots = slots;
  extraSlot = list(OBSERVATION, WORLD);
  if (withDocuments && resample != RESAMPLE_NEVER) {
    documentSlot = list(0, WORLD);
    listDocuments(numCandidates);
    clusterSlot = slots;
    for (let b = 0; 16 * b < numCandidates; b++) list(CLUSTERS + b, WORLD);
  }
}

export function documentRow(position: i32): usize {
  return wordRow(documentSlot, position + 1);
}

export function policyRow(position: i32): usize {
  return wordRow(policySlot, position);
}

export function clusterRow(position: i32): usize {
  return wordRow(clusterSlot, position >> 2);
}

export function choiceRow(): usize {
  return wordRow(CHOICE_SLOT, 0);
}

export function normalRow(word: i32): usize {
  return wordRow(NORMAL_SLOT, word);
}

/** Word 0 of START or OBSERVATION, whichever the list holds. */
export function extraRow(): usize {
  return wordRow(extraSlot, 0);
}
