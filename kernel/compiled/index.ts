// Episodes of a compiled world: the users of a tile step by step together. Sums over steps are added up in tally.ts, those of users in TypeScript.
import { drawCorpus, forgetCorpus } from "./candidates";
import { chooseByModel } from "./choose";
import { foldReward } from "./digest";
import { uniformRow } from "./draws";
import { closeEpisodes, dropEnded, openEpisodes, prepareEpisodes } from "./episodes";
import { fail, failed, forgetFailure } from "./functions";
import {
  ACTIVE,
  CHOICES,
  DIGESTS,
  END_DIGESTS,
  END_LENGTHS,
  END_SUMS,
  END_TOTALS,
  LENGTHS,
  MEASURED,
  PICKED,
  RESPONSES,
  REWARDS,
  ROW,
  SCORES,
  SERIES,
  TAKEN,
  USERS,
  WEIGHTS,
  reserve,
} from "./memory";
import { setKey } from "./philox";
import { documentAt, fillSlates, openSlates } from "./slates";
import {
  clearMeasured,
  clearResponse,
  drawResponses,
  drawTransitions,
  foldUsers,
  hasEnded,
  measure,
  respondClicked,
  respondUnclicked,
  rewardOf,
  sampleUsers,
  scoreOf,
  transition,
  transitionWithoutClick,
} from "./stages";
import { openBlock, prepareTally, tally } from "./tally";
import { TABLES } from "../tables";
import { MAY_END, METRIC_VALUES, ONE_CORPUS, PARAMETERS, RESPONSE_VALUES, STATE_NUMBERS } from "./world";

export { setKey };

/** Block of the choice's draw. */
const CHOICE_BLOCK: u32 = 0;
const MAX_REWARD: f64 = 1e100;
/** f64[64]: the draw of the choice. */
const UNIFORMS: usize = memory.data(512, 16);
/** u64[4]: digests that nobody needs. */
const NO_DIGESTS: usize = memory.data(32, 16);

let slateSize: i32 = 0;
let numCandidates: i32 = 0;
let steps: i32 = 0;
let timeBudget: i32 = 0;
/** The numbers of the choice model, in the order in which a world file says them. */
let choice0: f64 = 0;
let choice1: f64 = 0;
let choice2: f64 = 0;

export function tablesPointer(): usize {
  return TABLES;
}

export function parametersPointer(): usize {
  return PARAMETERS;
}

export function weightsPointer(): usize {
  return WEIGHTS;
}

export function seriesPointer(): usize {
  return SERIES;
}

export function takenPointer(): usize {
  return TAKEN;
}

export function pickedPointer(): usize {
  return PICKED;
}

export function totalsPointer(): usize {
  return END_TOTALS;
}

export function metricsPointer(): usize {
  return END_SUMS;
}

export function lengthsPointer(): usize {
  return END_LENGTHS;
}

export function digestsPointer(): usize {
  return END_DIGESTS;
}

/** To be called before the first block, and before any pointer is asked for; the weights are written after it. `timeBudget_`: at most `steps_`. */
export function prepare(
  slateSize_: i32,
  numCandidates_: i32,
  steps_: i32,
  timeBudget_: i32,
  warmUp: i32,
  policy: i32,
  fromTop: i32,
  order: i32,
  orderField: i32,
  choice0_: f64,
  choice1_: f64,
  choice2_: f64,
): void {
  slateSize = slateSize_;
  numCandidates = numCandidates_;
  steps = steps_;
  timeBudget = timeBudget_;
  choice0 = choice0_;
  choice1 = choice1_;
  choice2 = choice2_;
  reserve(slateSize, numCandidates, steps);
  prepareEpisodes(slateSize, numCandidates);
  openSlates(policy, fromTop, order, orderField, slateSize, numCandidates);
  prepareTally(slateSize, steps, warmUp);
}

/** Forgets the sums of the last block. */
export function beginBlock(): void {
  forgetCorpus();
  openBlock();
}

/** Simulates the episodes of the block's next 64 users, or its last ones. Returns 1 where the reference has to say what went wrong, else 0. */
export function simulate(firstUser: u32, users: i32): i32 {
  forgetFailure();
  if (ONE_CORPUS) drawCorpus(numCandidates);
  openEpisodes(firstUser, users);
  sampleUsers(users);
  for (let i: usize = 0; i < rowEnd(users); i += 32) foldUsers(USERS + i, NO_DIGESTS, ACTIVE + i); // fails where a number is not finite
  for (let step = 0; step < min(steps, timeBudget); step++) {
    if (MAY_END) {
      const active = endEpisodes(users);
      if (active == 0) break;
      users = dropEnded(users, active);
    }
    takeSteps(step, users);
    if (failed) return 1;
  }
  closeEpisodes(users);
  return failed;
}

function rowEnd(users: i32): usize {
  return (<usize>users) << 3;
}

/** Ends the episodes that are over. Returns how many go on. */
function endEpisodes(users: i32): i32 {
  let count = i64x2.splat(0);
  for (let i: usize = 0; i < rowEnd(users); i += 16) {
    const active = v128.andnot(v128.load(ACTIVE + i), hasEnded(i));
    v128.store(ACTIVE + i, active);
    count = i64x2.sub(count, active);
  }
  return <i32>(i64x2.extract_lane(count, 0) + i64x2.extract_lane(count, 1));
}

function takeSteps(step: i32, users: i32): void {
  fillSlates(step, users);
  choose(step, users);
  drawResponses(step, CHOICES, users);
  drawTransitions(step, users);
  for (let i: usize = 0; i < rowEnd(users); i += 16) takeStep(step, i);
  for (let i: usize = 0; i < rowEnd(users); i += 32) foldUsers(USERS + i, DIGESTS + i, ACTIVE + i);
  tally(step, users);
}

function choose(step: i32, users: i32): void {
  uniformRow(UNIFORMS, CHOICE_BLOCK, 0, step, users);
  for (let slot = 0; slot < slateSize; slot++) {
    const scores = SCORES + <usize>slot * ROW;
    for (let i: usize = 0; i < rowEnd(users); i += 16) {
      v128.store(scores + i, scoreOf(i, documentAt(slot, i), documentAt(slot, i + 8)));
    }
  }
  chooseByModel(users, slateSize, choice0, choice1, choice2, UNIFORMS);
}

function responseAt(slot: i32, i: usize): usize {
  return RESPONSES + <usize>slot * <usize>RESPONSE_VALUES * ROW + i;
}

/** The step of the two users at `i` in a row. */
function takeStep(step: i32, i: usize): void {
  const active = v128.load(ACTIVE + i);
  const choices = i64x2.extend_low_i32x4_u(v128.load64_zero(CHOICES + (i >> 1)));
  for (let slot = 0; slot < slateSize; slot++) {
    const response = responseAt(slot, i);
    clearResponse(response);
    const others = v128.andnot(active, i64x2.eq(choices, i64x2.splat(slot)));
    respondUnclicked(i, documentAt(slot, i), documentAt(slot, i + 8), response, slot, step, others);
  }
  const clicked = v128.and(active, i64x2.lt_s(choices, i64x2.splat(slateSize)));
  const first = pickedSlot(i);
  const second = pickedSlot(i + 8);
  const document = documentAt(first, i);
  const documentB = documentAt(second, i + 8);
  const response = responseAt(first, i);
  const responseB = responseAt(second, i + 8);
  if (v128.any_true(clicked)) respondClicked(i, document, documentB, response, responseB, step, clicked);
  let reward = f64x2.splat(0.0);
  for (let slot = 0; slot < slateSize; slot++) reward = f64x2.add(reward, rewardOf(i, responseAt(slot, i)));
  if (v128.any_true(v128.andnot(active, f64x2.le(f64x2.abs(reward), f64x2.splat(MAX_REWARD))))) fail();
  v128.store(REWARDS + i, reward);
  const passed = v128.andnot(active, clicked);
  if (v128.any_true(clicked)) transition(i, document, documentB, response, responseB, step, clicked);
  if (v128.any_true(passed)) transitionWithoutClick(i, step, passed);
  if (METRIC_VALUES > 0) {
    clearMeasured(MEASURED + i);
    measure(i, document, documentB, response, responseB, clicked, MEASURED + i);
  }
  const lengths = LENGTHS + (i >> 1);
  v128.store64_lane(lengths, i32x4.sub(v128.load64_zero(lengths), v128.shuffle<i32>(active, active, 0, 2, 0, 2)), 0);
  const digest = v128.load(DIGESTS + i);
  v128.store(DIGESTS + i, v128.bitselect(foldReward(digest, reward, choices, STATE_NUMBERS), digest, active));
}

/** The slot that a user picked, or the first one. */
function pickedSlot(i: usize): i32 {
  const choice = load<i32>(CHOICES + (i >> 1));
  return choice < slateSize ? choice : 0;
}
