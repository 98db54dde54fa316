// Whole lives: the users of a block, a tile at a time, all steps; only sums and the digest come out.
import { choose } from "./choose";
import { HALF } from "./constants";
import { openDigest } from "./digest";
import { expect } from "./expect";
import { listForRollout, slots, startRow, stepSlots } from "./drawList";
import { EXPECTED_ENGAGEMENT, EXPOSURE, ROW, SATISFACTION, TILE, TOTAL_ENGAGEMENT, reserve } from "./layout";
import { normals } from "./normals";
import { draw, open } from "./philox";
import { respond, satisfactionOf } from "./respond";
import { placeSlots, showShared, showSlate } from "./slate";
import { closeTally, openTally, openTotals, tally } from "./tally";
import { midpoints } from "./uniform";
import { mul, spread, sub, wordPair } from "./vector";
import {
  NO_CLICK_WEIGHT,
  POLICY_FIRST,
  POLICY_RANDOM,
  RESAMPLE_NEVER,
  RESAMPLE_STEP,
  START_WIDTH,
  numCandidates,
  resample,
  slateSize,
  timeBudget,
} from "./world";

let policy: i32 = 0;
let mostEducational: i32 = 0;
let steps: i32 = 0;
/** Whether the slate is the same at every step of a life. */
let slateStays: bool = false;
let mayDecline: bool = false;
/** Whether returns are expectations, given the state and the slate of every step. */
let expecting: bool = false;

/** Names the policy and makes room for blocks of `steps_` steps; ask for pointers only after this. */
export function prepareRollout(policy_: i32, mostEducational_: i32, steps_: i32, expecting_: bool): void {
  policy = policy_;
  mostEducational = mostEducational_;
  steps = steps_;
  expecting = expecting_;
  slateStays = policy != POLICY_RANDOM && resample != RESAMPLE_STEP;
  mayDecline = load<f64>(NO_CLICK_WEIGHT) > 0;
  listForRollout(policy == POLICY_FIRST ? slateSize : numCandidates, policy == POLICY_RANDOM ? slateSize : 0);
  reserve(slots, numCandidates, steps);
  placeSlots(policy);
}

/** Forgets the totals of the last block. */
export function beginBlock(): void {
  openTotals(steps);
}

/** Lives the block's next `users` users, from `firstUser` on; all calls but a block's last come with whole tiles. */
export function rollout(firstUser: u32, users: i32): void {
  for (let done = 0; done < users; done += TILE) liveTile(firstUser + done, min(TILE, users - done));
}

function liveTile(firstUser: u32, users: i32): void {
  open(firstUser, 0, slots);
  draw(stepSlots, slots, 0, users);
  openTile(firstUser, users);
  openTally();
  if (expecting) memory.fill(EXPECTED_ENGAGEMENT, 0, ROW);
  if (slateStays) showStaying(users);
  for (let step = 0; step < steps; step++) {
    draw(0, stepSlots, step, users);
    if (!slateStays) showSlate(policy, mostEducational, users);
    normals(users);
    choose(users, mayDecline);
    if (expecting) expect(users);
    respond(users, mayDecline);
    tally(users, step, timeBudget - step - 1, mayDecline);
  }
  closeTally(users, steps, expecting ? EXPECTED_ENGAGEMENT : TOTAL_ENGAGEMENT);
}

/** The state at step 0, from the words of the first exposure. */
export function openTile(firstUser: u32, users: i32): void {
  openDigest(firstUser, users);
  memory.fill(TOTAL_ENGAGEMENT, 0, ROW);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const uniform = midpoints(wordPair(startRow() + (i >> 1)));
    const exposure = mul(sub(uniform, spread(HALF)), spread(START_WIDTH));
    v128.store(i, exposure, EXPOSURE);
    v128.store(i, satisfactionOf(exposure), SATISFACTION);
  }
}

function showStaying(users: i32): void {
  if (resample == RESAMPLE_NEVER) showShared(users);
  else showSlate(policy, mostEducational, users);
}
