// Whole episodes: the users of a block, a tile at a time, all steps; the results are sums and the digest.
import { choose } from "./choose";
import { control, rankEnds } from "./control";
import { HALF } from "./constants";
import { openDigest } from "./digest";
import { expect } from "./expect";
import { listForRollout, slots, startRow, stepSlots } from "./drawList";
import {
  CLICKED_RANGE,
  ESTIMATE,
  EXPOSURE,
  ROW,
  SATISFACTION,
  TILE,
  TOTAL_ENGAGEMENT,
  WEIGHT,
  WEIGHTS,
  reserve,
} from "./layout";
import { normals } from "./normals";
import { plannedMix, showBest } from "./optimal";
import { draw, open } from "./philox";
import { respond, satisfactionOf } from "./respond";
import { placeSlots, showShared, showSlate } from "./slate";
import { closeTally, openTally, openTotals, tally } from "./tally";
import { midpoints } from "./uniform";
import { START_WIDTH, allEnded, enterUsers, forgetUsers, retire } from "./users";
import { mul, spread, sub, wordPair } from "./vector";
import {
  NO_CLICK_WEIGHT,
  POLICY_FIRST,
  POLICY_MIX,
  POLICY_OPTIMAL,
  POLICY_RANDOM,
  RESAMPLE_NEVER,
  RESAMPLE_STEP,
  numCandidates,
  resample,
  slateSize,
} from "./world";

/** In the order of `ESTIMATORS` in src/statistics/estimator.ts. */
const SAMPLED: i32 = 0;
const EXPECTED: i32 = 1;
const CONTROLLED: i32 = 2;

let policy: i32 = 0;
let mostEducational: i32 = 0;
let steps: i32 = 0;
/** Whether the slate is the same at every step of an episode. */
let slateStays: bool = false;
let mayDecline: bool = false;
/** Whether episodes of some users may end before the last step. */
let mayEnd: bool = false;
/** First steps whose clicks do not count. */
let warmUp: i32 = 0;
/** CLICKED_RANGE before a tile's first step. */
const RANGE_BEFORE: usize = memory.data(32, 16);
/** What returns are made of: see `Estimator` in src/statistics/estimator.ts. */
let estimator: i32 = 0;

/** Names the policy and allocates blocks of `steps_` steps; ask for pointers only after this, and write the weights of the steps. */
export function prepareRollout(
  policy_: i32,
  mostEducational_: i32,
  steps_: i32,
  estimator_: i32,
  warmUp_: i32,
  mayEnd_: bool,
): void {
  policy = policy_;
  mostEducational = mostEducational_;
  steps = steps_;
  estimator = estimator_;
  warmUp = warmUp_;
  slateStays = policy != POLICY_RANDOM && resample != RESAMPLE_STEP;
  mayEnd = mayEnd_;
  mayDecline = load<f64>(NO_CLICK_WEIGHT) > 0;
  forgetUsers();
  listForRollout(policy == POLICY_FIRST ? slateSize : numCandidates, policy == POLICY_RANDOM ? slateSize : 0);
  reserve(slots, numCandidates, steps);
  placeSlots(policy);
}

/** Forgets the totals of the last block. */
export function beginBlock(): void {
  openTotals(steps);
}

/** Simulates the block's next `users` users, from `firstUser` on; all calls but a block's last have whole tiles. */
export function rollout(firstUser: u32, users: i32): void {
  for (let done = 0; done < users; done += TILE) liveTile(firstUser + done, done, min(TILE, users - done));
}

function liveTile(firstUser: u32, done: i32, users: i32): void {
  enterUsers(done);
  openUsers(firstUser, users);
  openTally();
  if (warmUp > 0) memory.copy(RANGE_BEFORE, CLICKED_RANGE, 32);
  if (estimator != SAMPLED) memory.fill(ESTIMATE, 0, ROW);
  for (let step = 0; step < steps; step++) {
    if (step == warmUp && warmUp > 0) forgetWarmUp();
    if (mayEnd && allEnded(users, step)) {
      if (step < warmUp) continue;
      break;
    }
    store<f64>(WEIGHT, load<f64>(WEIGHTS + ((<usize>step) << 3)));
    chooseFromSlate(step, users);
    if (mayEnd) retire(users, step);
    if (estimator == EXPECTED) expect(users, step, mayEnd);
    else if (estimator == CONTROLLED) control(step, users, false);
    respond(users, mayDecline || mayEnd); // who has ended clicks nothing
    tally(users, step, step == warmUp || step == 0, mayDecline || mayEnd, mayEnd);
  }
  closeTally(users, steps, warmUp, estimator == SAMPLED ? TOTAL_ENGAGEMENT : ESTIMATE);
}

/** Opens the episodes of a tile of pilot users. */
export function openPilots(firstUser: u32, users: i32): void {
  openUsers(firstUser, users);
}

/** Takes a step of these users, and writes the numbers of their control variates before it. */
export function stepPilots(step: i32, users: i32): void {
  chooseFromSlate(step, users);
  control(step, users, true);
  respond(users, mayDecline);
}

function openUsers(firstUser: u32, users: i32): void {
  open(firstUser, 0, slots);
  draw(stepSlots, slots, 0, users);
  openTile(firstUser, users);
  if (slateStays) showStaying(users);
}

/** Draws a step, fills the slates, and lets the users choose. */
function chooseFromSlate(step: i32, users: i32): void {
  draw(0, stepSlots, step, users);
  if (!slateStays) showStep(step, users);
  if (estimator == CONTROLLED) rankEnds(users);
  normals(users);
  choose(users, mayDecline);
}

/** The clicks so far are none. Engagement was weighted by 0. */
function forgetWarmUp(): void {
  openTally();
  memory.copy(CLICKED_RANGE, RANGE_BEFORE, 32);
}

/** The state at step 0, from the words of the first exposure. */
export function openTile(firstUser: u32, users: i32): void {
  openDigest(firstUser, users);
  memory.fill(TOTAL_ENGAGEMENT, 0, ROW);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const uniform = midpoints(wordPair(startRow() + (i >> 1)));
    const exposure = mul(sub(uniform, spread(HALF)), v128.load(i, START_WIDTH));
    v128.store(i, exposure, EXPOSURE);
    v128.store(i, satisfactionOf(exposure, i), SATISFACTION);
  }
}

function showStep(step: i32, users: i32): void {
  if (policy != POLICY_OPTIMAL) return showSlate(policy, mostEducational, users);
  showSlate(POLICY_MIX, plannedMix(step), users);
  showBest(step, users);
}

function showStaying(users: i32): void {
  if (resample == RESAMPLE_NEVER) showShared(users);
  else showSlate(policy, mostEducational, users);
}
