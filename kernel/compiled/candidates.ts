// Candidates that stay: drawn once for each user, or once for all of them.
import { ACTIVE, DOCUMENTS, NUMBERS, ROW } from "./memory";
import { CORPUS_STREAM, WORLD_STREAM, drawFrom, forgetUsers } from "./philox";
import { sampleWholeDocuments } from "./stages";
import { DOCUMENT_VALUES } from "./world";

let isCorpusDrawn: bool = false;

/** To be called where key or parameters may have changed. */
export function forgetCorpus(): void {
  isCorpusDrawn = false;
}

/** Draws the first candidates of each user, at step 0, with all of their fields. */
export function drawStaying(count: i32, users: i32): void {
  for (let index = 0; index < count; index++) sampleWholeDocuments(index, 0, users);
}

/** Draws the candidates that all users share, unless that is done: user 0 of a stream of its own. ACTIVE and NUMBERS are written over. */
export function drawCorpus(numCandidates: i32): void {
  if (isCorpusDrawn) return;
  isCorpusDrawn = true;
  v128.store(ACTIVE, i64x2(-1, 0));
  store<u32>(NUMBERS, 0);
  forgetUsers();
  drawFrom(CORPUS_STREAM);
  drawStaying(numCandidates, 1);
  drawFrom(WORLD_STREAM);
  for (let value = 0; value < numCandidates * DOCUMENT_VALUES; value++) {
    const row = DOCUMENTS + <usize>value * ROW;
    const shared = v128.load64_splat(row);
    for (let i: usize = 0; i < ROW; i += 16) v128.store(row + i, shared);
  }
}
