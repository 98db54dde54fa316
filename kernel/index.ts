// The kernel's exports. Numbers and pointers only; the callers are in
// src/worlds/longTermSatisfaction/kernel.
//
//   setShape, setKey, pointers below   the world and the seed, first of all
//   prepareUsers → (values) …   after prepareRollout or prepareBatch where users differ: values of the users to come, before each rollout or reset
//   prepareRollout → (weights) → (preparePlan → plan) → beginBlock → rollout …   blocks of whole episodes under a built-in policy; totals, series and digest out
//   prepareRollout → prepareControl → openPilots → stepPilots …   the numbers of pilot users; then coefficients in, and blocks as above
//   prepareBatch → reset → observe → (slates in, or rankSlates) → step → (slates) → step …   one step at a time, with an external policy
import { CORPUS, RETURNS, SERIES, SERIES_PIVOTS, WEIGHTS } from "./layout";
import * as batch from "./batch";
import * as control from "./control";
import * as optimal from "./optimal";
import { SHARED_SLATE } from "./slate";
import { DIGEST_TOTAL, PAST_TOTALS, TOTALS } from "./tally";
import { TABLES } from "./tables";
import { USER_ROWS, USER_VALUES } from "./users";
import { PARAMETERS } from "./world";

export { setKey } from "./philox";
export { setShape } from "./world";
export { beginBlock, openPilots, prepareRollout, rollout, stepPilots } from "./rollout";
export { prepareControl } from "./control";
export { prepareBatch } from "./batch";
export { preparePlan } from "./optimal";
export { prepareUsers } from "./users";
export { observe, reset, step } from "./observe";
export { rankSlates } from "./outsideSlates";

// Pointers. TypeScript writes the first group and reads the second; all change when `prepare…` is called.
export function parametersPointer(): usize {
  return PARAMETERS;
}
export function userRowsPointer(): usize {
  return USER_ROWS;
}
export function userValuesPointer(): usize {
  return USER_VALUES;
}
export function tablesPointer(): usize {
  return TABLES;
}
export function corpusPointer(): usize {
  return CORPUS;
}
export function sharedSlatePointer(): usize {
  return SHARED_SLATE;
}
export function weightsPointer(): usize {
  return WEIGHTS;
}
export function planRangePointer(): usize {
  return optimal.PLAN_RANGE;
}
export function planMixesPointer(): usize {
  return optimal.PLAN_MIXES;
}
export function planTableOfPointer(): usize {
  return optimal.PLAN_TABLE_OF;
}
export function planCellsPointer(): usize {
  return optimal.PLAN_CELLS;
}
export function planTablesPointer(): usize {
  return optimal.PLAN_TABLES;
}
export function controlNumbersPointer(): usize {
  return control.CONTROL_NUMBERS;
}
export function groupSizesPointer(): usize {
  return control.GROUP_SIZES;
}
export function groupMeansPointer(): usize {
  return control.GROUP_MEANS;
}
export function featureCoefficientsPointer(): usize {
  return control.FEATURE_COEFFICIENTS;
}
export function termCoefficientsPointer(): usize {
  return control.TERM_COEFFICIENTS;
}
export function slatesPointer(): usize {
  return batch.SLATES;
}

export function controlRowsPointer(): usize {
  return control.CONTROL_ROWS;
}

export function totalsPointer(): usize {
  return TOTALS;
}
export function pastTotalsPointer(): usize {
  return PAST_TOTALS;
}
export function digestTotalPointer(): usize {
  return DIGEST_TOTAL;
}
export function seriesPointer(): usize {
  return SERIES;
}
export function seriesPivotsPointer(): usize {
  return SERIES_PIVOTS;
}
export function returnsPointer(): usize {
  return RETURNS;
}
export function batchStride(): i32 {
  return batch.stride;
}
export function exposuresPointer(): usize {
  return batch.BATCH_EXPOSURE;
}
export function satisfactionsPointer(): usize {
  return batch.BATCH_SATISFACTION;
}
export function digestsPointer(): usize {
  return batch.BATCH_DIGEST;
}
export function observationsPointer(): usize {
  return batch.OBSERVATIONS;
}
export function educativenessPointer(): usize {
  return batch.EDUCATIVENESS;
}
export function clustersPointer(): usize {
  return batch.CLUSTERS;
}
export function choicesPointer(): usize {
  return batch.CHOICES;
}
export function engagementsPointer(): usize {
  return batch.ENGAGEMENTS;
}
