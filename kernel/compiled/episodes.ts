// Which of a tile's users are in the rows: at first all of them. Those whose episodes have ended make room, so that the others lie together.
import {
  ACTIVE,
  DIGESTS,
  DOCUMENTS,
  END_DIGESTS,
  END_LENGTHS,
  END_SUMS,
  END_TOTALS,
  LENGTHS,
  NUMBERS,
  ROW,
  SLOTS,
  SUMS,
  TILE,
  TOTALS,
  USERS,
  WORD_ROW,
} from "./memory";
import { forgetUsers } from "./philox";
import { CANDIDATES_STAY, DOCUMENT_VALUES, METRIC_VALUES, ONE_CORPUS, USER_VALUES } from "./world";

/** Draws are made for so many users at a time: to take out fewer than that saves nothing. */
const GROUP: i32 = 8;

let firstUser: u32 = 0;
let slateSize: i32 = 0;
let numCandidates: i32 = 0;

export function prepareEpisodes(slateSize_: i32, numCandidates_: i32): void {
  slateSize = slateSize_;
  numCandidates = numCandidates_;
}

/** Begins the episodes of `users` users, the first of which is `first`. */
export function openEpisodes(first: u32, users: i32): void {
  firstUser = first;
  for (let lane: usize = 0; lane < <usize>TILE; lane++) {
    store<u32>(NUMBERS + (lane << 2), first + <u32>lane);
    store<u64>(DIGESTS + (lane << 3), <u64>(first + <u32>lane));
  }
  memory.fill(TOTALS, 0, ROW);
  memory.fill(LENGTHS, 0, ROW >> 1);
  memory.fill(SUMS, 0, <usize>METRIC_VALUES * ROW);
  activate(users);
}

/** Lets the episodes of the first `users` in the rows go on. */
function activate(users: i32): void {
  for (let lane: usize = 0; lane < <usize>TILE; lane++) store<i64>(ACTIVE + (lane << 3), -i64(lane < <usize>users));
  forgetUsers();
}

/** Takes those whose episodes have ended out of the rows, if they are enough. Returns how many the rows have then; others keep their order. */
export function dropEnded(users: i32, active: i32): i32 {
  if (users - active < GROUP) return users;
  let kept: usize = 0;
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    if (load<i64>(ACTIVE + (lane << 3))) move(lane, kept++);
    else keepEnd(lane);
  }
  activate(active);
  return active;
}

/** Writes down how the episodes of those who are still in the rows ended. */
export function closeEpisodes(users: i32): void {
  for (let lane: usize = 0; lane < <usize>users; lane++) keepEnd(lane);
}

function move(from: usize, to: usize): void {
  copyWord(NUMBERS + (from << 2), NUMBERS + (to << 2));
  copyWord(LENGTHS + (from << 2), LENGTHS + (to << 2));
  copyRows(TOTALS + (from << 3), TOTALS + (to << 3), 1);
  copyRows(DIGESTS + (from << 3), DIGESTS + (to << 3), 1);
  copyRows(SUMS + (from << 3), SUMS + (to << 3), METRIC_VALUES);
  copyRows(USERS + (from << 3), USERS + (to << 3), USER_VALUES);
  if (CANDIDATES_STAY) moveCandidates(from, to);
}

/** Candidates that stay, and slates that were filled from them. */
function moveCandidates(from: usize, to: usize): void {
  if (!ONE_CORPUS) copyRows(DOCUMENTS + (from << 3), DOCUMENTS + (to << 3), numCandidates * DOCUMENT_VALUES);
  for (let row: usize = 0; row < <usize>slateSize * WORD_ROW; row += WORD_ROW)
    copyWord(SLOTS + row + (from << 2), SLOTS + row + (to << 2));
}

function keepEnd(lane: usize): void {
  const place = <usize>(load<u32>(NUMBERS + (lane << 2)) - firstUser);
  copyWord(LENGTHS + (lane << 2), END_LENGTHS + (place << 2));
  copyRows(TOTALS + (lane << 3), END_TOTALS + (place << 3), 1);
  copyRows(DIGESTS + (lane << 3), END_DIGESTS + (place << 3), 1);
  copyRows(SUMS + (lane << 3), END_SUMS + (place << 3), METRIC_VALUES);
}

function copyWord(from: usize, to: usize): void {
  store<u32>(to, load<u32>(from));
}

function copyRows(from: usize, to: usize, rows: i32): void {
  for (let row: usize = 0; row < <usize>rows * ROW; row += ROW) store<u64>(to + row, load<u64>(from + row));
}
