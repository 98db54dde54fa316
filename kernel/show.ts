// Observations for an external policy: documents with their clusters, and noisy satisfaction.
import { BATCH_SATISFACTION, CLUSTERS, EDUCATIVENESS, OBSERVATIONS, stride } from "./batch";
import { HALF, ONE } from "./constants";
import { clusterRow, documentRow, observationRow } from "./drawList";
import { CORPUS } from "./layout";
import { centralQuantile, isInTail, tailQuantile } from "./normalQuantile";
import { fractions, midpoints, scaled } from "./uniform";
import { add, mul, spread, sub, wordPair } from "./vector";
import { OBSERVATION_MASS, OBSERVATION_STDDEV, numCandidates, numClusters } from "./world";

export function showCandidates(done: i32, users: i32): void {
  for (let position = 0; position < numCandidates; position++) {
    const words = documentRow(position);
    const shown = EDUCATIVENESS + ((<usize>(position * stride + done)) << 3);
    for (let w: usize = 0; w < (<usize>users) << 2; w += 16) {
      v128.store(shown + 2 * w, fractions(wordPair(words + w)));
      v128.store(shown + 2 * w, fractions(wordPair(words + w + 8)), 16);
    }
  }
  for (let first = 0; first < numCandidates; first += 4) showClusters(first, done, users);
}

/** One word holds the clusters of four documents, as the digits of its fraction in base numClusters. */
function showClusters(first: i32, done: i32, users: i32): void {
  const words = clusterRow(first);
  const end = CLUSTERS + <usize>(min(first + 4, numCandidates) * stride + done);
  for (let i: usize = 0; i < (<usize>users) << 2; i += 64) {
    let a = v128.load(words + i);
    let b = v128.load(words + i, 16);
    let c = v128.load(words + i, 32);
    let d = v128.load(words + i, 48);
    for (let at = CLUSTERS + <usize>(first * stride + done); at < end; at += stride) {
      const low = i16x8.narrow_i32x4_u(scaled(a, numClusters), scaled(b, numClusters));
      const high = i16x8.narrow_i32x4_u(scaled(c, numClusters), scaled(d, numClusters));
      v128.store(at + (i >> 2), i8x16.narrow_i16x8_u(low, high));
      const base = i32x4.splat(numClusters);
      a = i32x4.mul(a, base);
      b = i32x4.mul(b, base);
      c = i32x4.mul(c, base);
      d = i32x4.mul(d, base);
    }
  }
}

/** Writes a shared corpus, equal for all users; its clusters stay with the caller. */
export function showCorpus(): void {
  for (let position = 0; position < numCandidates; position++) {
    const k = load<f64>(CORPUS + ((<usize>position) << 3));
    const shown = EDUCATIVENESS + ((<usize>(position * stride)) << 3);
    for (let i: usize = 0; i < (<usize>stride) << 3; i += 8) store<f64>(shown + i, k);
  }
}

/** f64[64]: distances of uniforms from 1/2, and the normal quantiles there. */
const DISTANCES: usize = memory.data(512, 16);
const QUANTILES: usize = memory.data(512, 16);
/** u32[66]: byte offsets of the users in the tails. */
const TAILS: usize = memory.data(264, 16);

/** Satisfaction plus normal noise cut at ±1, by inverse CDF. */
export function showSatisfaction(done: i32, users: i32): void {
  drawQuantiles(users);
  const at = (<usize>done) << 3;
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const noise = mul(v128.load(i, QUANTILES), spread(OBSERVATION_STDDEV));
    const cut = f64x2.pmax(f64x2.pmin(noise, spread(ONE)), f64x2.neg(spread(ONE)));
    v128.store(OBSERVATIONS + at + i, add(v128.load(BATCH_SATISFACTION + at + i), cut));
  }
}

/** Computes all quantiles as if they were central; then the tails, one in seven and expensive, are collected and computed together. */
function drawQuantiles(users: i32): void {
  const words = observationRow();
  let tails: usize = 0;
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const q = mul(sub(midpoints(wordPair(words + (i >> 1))), spread(HALF)), spread(OBSERVATION_MASS));
    v128.store(i, q, DISTANCES);
    v128.store(i, centralQuantile(q), QUANTILES);
    const inTail = i64x2.bitmask(isInTail(q));
    store<u32>(TAILS + (tails << 2), <u32>i);
    tails += inTail & 1;
    store<u32>(TAILS + (tails << 2), <u32>i + 8);
    tails += inTail >> 1;
  }
  // With an odd number, one is computed twice.
  store<u32>(TAILS + (tails << 2), load<u32>(TAILS));
  for (let i: usize = 0; i < tails; i += 2) {
    const first: usize = load<u32>(TAILS + (i << 2));
    const second: usize = load<u32>(TAILS + (i << 2), 4);
    const q = v128.load64_lane(second, v128.load64_zero(first, DISTANCES), 1, DISTANCES);
    const z = tailQuantile(q);
    v128.store64_lane(first, z, 0, QUANTILES);
    v128.store64_lane(second, z, 1, QUANTILES);
  }
}
