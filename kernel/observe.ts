// The same lives one step at a time, for an agent outside: it is shown feature rows and hands in slates, which enter
// where a built-in policy would have been.
import { choose } from "./choose";
import { HALF, ONE } from "./constants";
import { fold } from "./digest";
import { clusterRow, documentRow, extraRow, listForObservation, listForReset, slots, stepSlots } from "./drawList";
import {
  CHOICE,
  CORPUS,
  DIGEST,
  ENGAGEMENT,
  EXPOSURE,
  ROW,
  SATISFACTION,
  SLATE,
  TILE,
  allocate,
  reserve,
} from "./layout";
import { normalQuantile } from "./normalQuantile";
import { normals } from "./normals";
import { draw, open } from "./philox";
import { respond } from "./respond";
import { openTile } from "./rollout";
import { placeOutsideSlots } from "./slate";
import { fractions, midpoints } from "./uniform";
import { add, mul, spread, sub, wordPair } from "./vector";
import {
  NO_CLICK_WEIGHT,
  OBSERVATION_MASS,
  OBSERVATION_STDDEV,
  RESAMPLE_NEVER,
  RESAMPLE_STEP,
  numCandidates,
  numClusters,
  resample,
  slateSize,
  timeBudget,
} from "./world";

/** Users in the batch, rounded up to whole tiles: the length of every row below. */
export let stride: i32 = 0;
// State, f64[stride] or u64[stride].
export let BATCH_EXPOSURE: usize = 0;
export let BATCH_SATISFACTION: usize = 0;
export let BATCH_DIGEST: usize = 0;
// What is shown: f64[stride], f64[numCandidates][stride], u8[numCandidates][stride].
export let OBSERVATIONS: usize = 0;
export let EDUCATIVENESS: usize = 0;
export let CLUSTERS: usize = 0;
// What is handed in, i32[stride][slateSize], and what comes of it, i32[stride] and f64[stride].
export let SLATES: usize = 0;
export let CHOICES: usize = 0;
export let ENGAGEMENTS: usize = 0;

let mayDecline: bool = false;

/** Makes room for a batch of `users`; ask for pointers only after this. */
export function prepareBatch(users: i32): void {
  mayDecline = load<f64>(NO_CLICK_WEIGHT) > 0;
  listForObservation(true);
  // The longest of the three lists that take turns: a look with candidates, or the four blocks of a step and a reset.
  reserve(max(slots, 4), numCandidates, 0);
  stride = (users + TILE - 1) & ~(TILE - 1);
  const row = <usize>stride * 8;
  BATCH_EXPOSURE = allocate(row);
  BATCH_SATISFACTION = allocate(row);
  BATCH_DIGEST = allocate(row);
  OBSERVATIONS = allocate(row);
  EDUCATIVENESS = allocate(row * numCandidates);
  CLUSTERS = allocate(<usize>stride * numCandidates);
  SLATES = allocate(<usize>stride * slateSize * 4);
  CHOICES = allocate(<usize>stride * 4);
  ENGAGEMENTS = allocate(row);
}

/** Begins the lives of `users` users from `firstUser` on. */
export function reset(firstUser: u32, users: i32): void {
  listForReset();
  for (let done = 0; done < users; done += TILE) {
    const count = min(TILE, users - done);
    open(firstUser + done, slots);
    openTile(firstUser + done, count);
    leave(done);
  }
}

/** Shows candidates and noisy satisfaction at time `time`: after that many steps. */
export function observe(firstUser: u32, users: i32, time: i32): void {
  const redraws = time == 0 || resample == RESAMPLE_STEP;
  listForObservation(redraws);
  for (let done = 0; done < users; done += TILE) {
    const count = min(TILE, users - done);
    open(firstUser + done, slots);
    draw(stepSlots, slots, time, count);
    if (redraws && resample != RESAMPLE_NEVER) showCandidates(done, count);
    showSatisfaction(done, count);
  }
  if (redraws && resample == RESAMPLE_NEVER) showCorpus();
}

/** Lives one step with the slates handed in. */
export function step(firstUser: u32, users: i32, now: i32): void {
  listForReset();
  for (let done = 0; done < users; done += TILE) {
    const count = min(TILE, users - done);
    enter(done);
    open(firstUser + done, stepSlots);
    draw(0, stepSlots, now, count);
    takeSlates(done, count);
    normals(count);
    choose(count, mayDecline);
    respond(count, mayDecline);
    fold(count, timeBudget - now - 1);
    leave(done);
    leaveResponses(done, count);
  }
}

function enter(done: i32): void {
  const at = (<usize>done) << 3;
  memory.copy(EXPOSURE, BATCH_EXPOSURE + at, ROW);
  memory.copy(SATISFACTION, BATCH_SATISFACTION + at, ROW);
  memory.copy(DIGEST, BATCH_DIGEST + at, ROW);
}

function leave(done: i32): void {
  const at = (<usize>done) << 3;
  memory.copy(BATCH_EXPOSURE + at, EXPOSURE, ROW);
  memory.copy(BATCH_SATISFACTION + at, SATISFACTION, ROW);
  memory.copy(BATCH_DIGEST + at, DIGEST, ROW);
}

function leaveResponses(done: i32, users: i32): void {
  memory.copy(ENGAGEMENTS + ((<usize>done) << 3), ENGAGEMENT, ROW);
  for (let user = 0; user < users; user++) {
    store<i32>(CHOICES + ((<usize>(done + user)) << 2), load<i32>(CHOICE + ((<usize>user) << 3)));
  }
}

function takeSlates(done: i32, users: i32): void {
  placeOutsideSlots();
  for (let slot = 0; slot < slateSize; slot++) {
    for (let user = 0; user < users; user++) {
      const position = load<i32>(SLATES + ((<usize>((done + user) * slateSize + slot)) << 2));
      const k = load<f64>(EDUCATIVENESS + ((<usize>(position * stride + done + user)) << 3));
      store<f64>(SLATE + <usize>slot * ROW + ((<usize>user) << 3), k);
    }
  }
}

function showCandidates(done: i32, users: i32): void {
  for (let position = 0; position < numCandidates; position++) {
    const shown = EDUCATIVENESS + ((<usize>(position * stride + done)) << 3);
    for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
      v128.store(shown + i, fractions(wordPair(documentRow(position) + (i >> 1))));
    }
  }
  for (let first = 0; first < numCandidates; first += 4) showClusters(first, done, users);
}

/** One word holds the clusters of four documents, as the digits of its fraction in base numClusters. */
function showClusters(first: i32, done: i32, users: i32): void {
  const words = clusterRow(first);
  const last = min(first + 4, numCandidates);
  for (let user = 0; user < users; user++) {
    let fraction = load<u32>(words + ((<usize>user) << 2));
    for (let position = first; position < last; position++) {
      const product = <u64>fraction * <u64>numClusters;
      store<u8>(CLUSTERS + <usize>(position * stride + done + user), <u8>(product >> 32));
      fraction = <u32>product;
    }
  }
}

/** A shared corpus shows everybody the same; its clusters stay with the caller. */
function showCorpus(): void {
  for (let position = 0; position < numCandidates; position++) {
    const k = load<f64>(CORPUS + ((<usize>position) << 3));
    const shown = EDUCATIVENESS + ((<usize>(position * stride)) << 3);
    for (let i: usize = 0; i < (<usize>stride) << 3; i += 8) store<f64>(shown + i, k);
  }
}

/** Satisfaction plus normal noise cut at ±1, by inverse CDF. */
function showSatisfaction(done: i32, users: i32): void {
  const at = (<usize>done) << 3;
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const q = mul(sub(midpoints(wordPair(extraRow() + (i >> 1))), spread(HALF)), spread(OBSERVATION_MASS));
    const noise = mul(normalQuantile(q), spread(OBSERVATION_STDDEV));
    const cut = f64x2.max(f64x2.min(noise, spread(ONE)), f64x2.neg(spread(ONE)));
    v128.store(OBSERVATIONS + at + i, add(v128.load(BATCH_SATISFACTION + at + i), cut));
  }
}
