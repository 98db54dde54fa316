// What src/compiler/emitAssemblyScript.ts writes for each world: its functions. A record is the address of one user's first value.

/** Records get their first values. */
export declare function clearResponse(at: usize): void;
export declare function clearMeasured(at: usize): void;

export declare function sampleUsers(firstUser: u32, users: i32): void;
/** Samples the candidate at a position for all users, into the record of that index. */
export declare function sampleDocuments(index: i32, step: i32, firstUser: u32, users: i32): void;
/** Samples a candidate for each user, whose positions are in a row, into the record of that index. */
export declare function sampleAtPositions(index: i32, positions: usize, step: i32, firstUser: u32, users: i32): void;

/** Draws for the responses to clicked documents, whose slots are in a row. */
export declare function drawResponses(step: i32, slots: usize, firstUser: u32, users: i32): void;
export declare function respondClicked(
  user: usize,
  document: usize,
  response: usize,
  lane: usize,
  slot: i32,
  step: i32,
  number: u32,
): void;
export declare function respondUnclicked(
  user: usize,
  document: usize,
  response: usize,
  slot: i32,
  step: i32,
  number: u32,
): void;

export declare function drawTransitions(step: i32, firstUser: u32, users: i32): void;
export declare function transition(
  user: usize,
  document: usize,
  response: usize,
  lane: usize,
  step: i32,
  number: u32,
): void;
export declare function transitionWithoutClick(user: usize, lane: usize, step: i32, number: u32): void;

export declare function scoreOf(user: usize, document: usize): f64;
export declare function rankOf(document: usize): f64;
export declare function rewardOf(response: usize): f64;
export declare function hasEnded(user: usize): bool;
export declare function measure(user: usize, document: usize, response: usize, isClick: bool, measured: usize): void;

/** Folds the numbers of a state into a digest. */
export declare function foldUser(digest: u64, at: usize): u64;
