// What src/compiler/emitAssemblyScript.ts writes for each world: its functions, for the two users at `i` in a row. Records lie next to each
// other, or, where there is `…B`, the second user's is there. `on`: the mask of those for whom it is done.

/** Records get their first values. */
export declare function clearResponse(at: usize): void;
export declare function clearMeasured(at: usize): void;

export declare function sampleUsers(users: i32): void;
/** Samples the candidate at a position for all users, into the record of that index. */
export declare function sampleDocuments(index: i32, step: i32, users: i32): void;
/** As `sampleDocuments`, with the fields that only a policy reads. */
export declare function sampleWholeDocuments(index: i32, step: i32, users: i32): void;
/** Samples a candidate for each user, whose positions are in a row, into the record of that index. */
export declare function sampleAtPositions(index: i32, positions: usize, step: i32, users: i32): void;

/** Draws for the responses to clicked documents, whose slots are in a row. */
export declare function drawResponses(step: i32, slots: usize, users: i32): void;
export declare function respondClicked(
  i: usize,
  document: usize,
  documentB: usize,
  response: usize,
  responseB: usize,
  step: i32,
  on: v128,
): void;
export declare function respondUnclicked(
  i: usize,
  document: usize,
  documentB: usize,
  response: usize,
  slot: i32,
  step: i32,
  on: v128,
): void;

export declare function drawTransitions(step: i32, users: i32): void;
export declare function transition(
  i: usize,
  document: usize,
  documentB: usize,
  response: usize,
  responseB: usize,
  step: i32,
  on: v128,
): void;
export declare function transitionWithoutClick(i: usize, step: i32, on: v128): void;

export declare function scoreOf(i: usize, document: usize, documentB: usize): v128;
export declare function rankOf(i: usize, document: usize): v128;
export declare function rewardOf(i: usize, response: usize): v128;
/** A mask. */
export declare function hasEnded(i: usize): v128;
export declare function measure(
  i: usize,
  document: usize,
  documentB: usize,
  response: usize,
  responseB: usize,
  isClick: v128,
  measured: usize,
): void;

/** Folds the numbers of four users' states into their digests, in rows. */
export declare function foldUsers(at: usize, digests: usize, active: usize): void;
