// Episodes of a compiled world: the users of a tile step by step together. What happened is written in rows, which TypeScript adds up.
import { chooseByLogit, chooseByProportion } from "./choose";
import { foldReward } from "./digest";
import { setKey, uniformRow } from "./draws";
import { fail, failed, forgetFailure } from "./functions";
import {
  ACTIVE,
  CHOICES,
  DIGESTS,
  LENGTHS,
  MEASURED,
  PICKED,
  RESPONSES,
  REWARDS,
  ROW,
  SCORES,
  SERIES,
  SUMS,
  TAKEN,
  TILE,
  TOTALS,
  USERS,
  WEIGHTS,
  reserve,
} from "./memory";
import { documentIn, fillSlates, openSlates } from "./slates";
import {
  clearMeasured,
  clearResponse,
  drawResponses,
  drawTransitions,
  foldUser,
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
import { openBlock, openTile, prepareTally, tally } from "./tally";
import { TABLES } from "../tables";
import { LOGIT, METRIC_VALUES, PARAMETERS, RESPONSE_VALUES, STATE_NUMBERS, UNCLICKED_DRAWS } from "./world";

export { setKey };

/** Block of the choice's draw. */
const CHOICE_BLOCK: u32 = 0;
const MAX_REWARD: f64 = 1e100;
/** f64[64]: the draw of the choice. */
const UNIFORMS: usize = memory.data(512, 16);

let slateSize: i32 = 0;
let steps: i32 = 0;
let timeBudget: i32 = 0;
/** The first number of the choice model, and what no click weighs. */
let minNormalizer: f64 = 0;
let noClick: f64 = 0;

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
  return TOTALS;
}

export function metricsPointer(): usize {
  return SUMS;
}

export function lengthsPointer(): usize {
  return LENGTHS;
}

export function digestsPointer(): usize {
  return DIGESTS;
}

/** To be called before the first block, and before any pointer is asked for; the weights are written after it. `timeBudget_`: at most `steps_`. */
export function prepare(
  slateSize_: i32,
  numCandidates: i32,
  steps_: i32,
  timeBudget_: i32,
  warmUp: i32,
  policy: i32,
  fromTop: i32,
  minNormalizer_: f64,
  noClick_: f64,
): void {
  slateSize = slateSize_;
  steps = steps_;
  timeBudget = timeBudget_;
  minNormalizer = minNormalizer_;
  noClick = noClick_;
  reserve(slateSize, numCandidates, steps);
  openSlates(policy, fromTop, slateSize, numCandidates);
  prepareTally(slateSize, steps, warmUp);
}

/** Forgets the sums of the last block. */
export function beginBlock(): void {
  openBlock();
}

/** Simulates the episodes of the block's next 64 users, or its last ones. Returns 1 where the reference has to say what went wrong, else 0. */
export function simulate(firstUser: u32, users: i32): i32 {
  forgetFailure();
  memory.fill(LENGTHS, 0, TILE << 2);
  for (let lane: usize = 0; lane < <usize>TILE; lane++) {
    store<i32>(ACTIVE + (lane << 2), i32(lane < <usize>users));
    store<u64>(DIGESTS + (lane << 3), <u64>(firstUser + <u32>lane));
  }
  openTile();
  sampleUsers(firstUser, users);
  for (let lane: usize = 0; lane < <usize>users; lane++) foldUser(0, USERS + (lane << 3)); // fails where a number is not finite
  for (let step = 0; step < steps && goOn(step, users); step++) {
    fillSlates(step, firstUser, users);
    choose(step, firstUser, users);
    drawResponses(step, CHOICES, firstUser, users);
    drawTransitions(step, firstUser, users);
    for (let lane: usize = 0; lane < <usize>users; lane++)
      if (load<i32>(ACTIVE + (lane << 2))) takeStep(step, lane, firstUser + <u32>lane);
    if (failed) return 1;
    tally(step, users);
  }
  return failed;
}

/** Ends the episodes that are over; whether others go on. */
function goOn(step: i32, users: i32): bool {
  let active = 0;
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    const at = ACTIVE + (lane << 2);
    if (load<i32>(at) && (step >= timeBudget || hasEnded(USERS + (lane << 3)))) store<i32>(at, 0);
    active += load<i32>(at);
  }
  return active > 0;
}

function choose(step: i32, firstUser: u32, users: i32): void {
  uniformRow(UNIFORMS, CHOICE_BLOCK, 0, step, firstUser, users);
  for (let slot = 0; slot < slateSize; slot++) {
    const scores = SCORES + <usize>slot * ROW;
    for (let lane: usize = 0; lane < <usize>users; lane++) {
      if (!load<i32>(ACTIVE + (lane << 2))) continue;
      store<f64>(scores + (lane << 3), scoreOf(USERS + (lane << 3), documentIn(slot, lane)));
    }
  }
  if (LOGIT) chooseByLogit(users, slateSize, noClick, UNIFORMS);
  else chooseByProportion(users, slateSize, minNormalizer, noClick, UNIFORMS);
}

function responseIn(slot: i32, lane: usize): usize {
  return RESPONSES + <usize>slot * <usize>RESPONSE_VALUES * ROW + (lane << 3);
}

function takeStep(step: i32, lane: usize, user: u32): void {
  const state = USERS + (lane << 3);
  const choice = load<i32>(CHOICES + (lane << 2));
  for (let slot = 0; slot < slateSize; slot++) {
    const response = responseIn(slot, lane);
    clearResponse(response);
    if (UNCLICKED_DRAWS && slot == choice) continue;
    // Where it draws nothing, doing it for the clicked document, too, is cheaper than a branch that nobody can predict.
    respondUnclicked(state, documentIn(slot, lane), response, slot, step, user);
  }
  const isClick = choice < slateSize;
  const slot = isClick ? choice : 0;
  if (isClick) {
    clearResponse(responseIn(slot, lane));
    respondClicked(state, documentIn(slot, lane), responseIn(slot, lane), lane, slot, step, user);
  }
  let reward: f64 = 0;
  for (let slot = 0; slot < slateSize; slot++) reward += rewardOf(responseIn(slot, lane));
  if (!(abs(reward) <= MAX_REWARD)) fail();
  store<f64>(REWARDS + (lane << 3), reward);
  if (isClick) transition(state, documentIn(slot, lane), responseIn(slot, lane), lane, step, user);
  else transitionWithoutClick(state, lane, step, user);
  if (METRIC_VALUES > 0) takeMetrics(lane, documentIn(slot, lane), responseIn(slot, lane), isClick);
  const digests = DIGESTS + (lane << 3);
  store<u64>(digests, foldUser(foldReward(load<u64>(digests), reward, choice, STATE_NUMBERS), state));
  store<i32>(LENGTHS + (lane << 2), step + 1);
}

function takeMetrics(lane: usize, document: usize, response: usize, isClick: bool): void {
  const measured = MEASURED + (lane << 3);
  clearMeasured(measured);
  measure(USERS + (lane << 3), document, response, isClick, measured);
  for (let metric: usize = 0; metric < <usize>METRIC_VALUES; metric++) {
    if (!(abs(load<f64>(measured + metric * ROW)) <= MAX_REWARD)) fail();
  }
}
