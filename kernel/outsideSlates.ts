// Slates of a batch: taken from an external policy, or filled by the ranking policies at its request.
import { EDUCATIVENESS, SLATES, stride } from "./batch";
import { ROW, SLATE } from "./layout";
import { placeOutsideSlots } from "./slate";
import { add, both, mul, sub } from "./vector";
import { numCandidates, slateSize } from "./world";

/** Fetches the educativeness of the documents on the slates. */
export function takeSlates(done: i32, users: i32): void {
  placeOutsideSlots();
  const row = stride << 3;
  const nextSlate = slateSize << 2;
  for (let slot = 0; slot < slateSize; slot++) {
    const shown = SLATE + <usize>slot * ROW;
    let position = SLATES + <usize>(done * nextSlate + (slot << 2));
    let documents = EDUCATIVENESS + ((<usize>done) << 3);
    for (let i: usize = 0; i < (<usize>users) << 3; i += 8) {
      store<f64>(shown + i, load<f64>(documents + <usize>(load<i32>(position) * row)));
      position += nextSlate;
      documents += 8;
    }
  }
}

/** 2^-46 and 2^6 + 2^5: what a position counts in a key, and what moves a key, even one below 0, to the end of a double. */
const POSITION_UNIT: f64 = 1.4210854715202004e-14;
const POSITION_END: f64 = 96.0;

/**
 * Fills the slates of drawn documents by the rule "mix": the most educational ones, falling, then the least educational,
 * rising. A key is the educativeness, a multiple of 2^-32, less 2^-46 times the position: of equals the earlier is larger.
 */
export function rankSlates(mostEducational: i32, users: i32): void {
  for (let user = 0; user < users; user += 2) {
    rankPair(0, mostEducational, -1.0, user);
    rankPair(mostEducational, slateSize, 1.0, user);
  }
}

/** The slots `from` to `to` of two users, by the smallest keys times `sign`. */
function rankPair(from: i32, to: i32, sign: f64, user: i32): void {
  if (to - from == 3) rankThree(sign, user);
  else rankMany(to - from, sign, user);
  let slate = SLATES + ((<usize>(user * slateSize + from)) << 2);
  for (let i: usize = 0; i < (<usize>(to - from)) << 4; i += 16) {
    const bits = i64x2.neg(add(mul(both(sign), v128.load(i, PLACES)), both(POSITION_END)));
    store<i32>(slate, <i32>i64x2.extract_lane(bits, 0) & 0x3fff);
    store<i32>(slate + ((<usize>slateSize) << 2), <i32>i64x2.extract_lane(bits, 1) & 0x3fff);
    slate += 4;
  }
}

/** f64[32][2]: the keys on the slate, of a pair of users. */
const PLACES: usize = memory.data(512, 16);

/** The common shape, in registers: every key is compared with the places in turn, and the smaller of the two stays in each. */
function rankThree(sign: f64, user: i32): void {
  let best0 = both(Infinity);
  let best1 = both(Infinity);
  let best2 = both(Infinity);
  let positionPart = both(0.0);
  const row = stride << 3;
  let document = EDUCATIVENESS + ((<usize>user) << 3);
  for (const end = document + <usize>(numCandidates * row); document < end; document += row) {
    const first = mul(both(sign), sub(v128.load(document), positionPart));
    positionPart = add(positionPart, both(POSITION_UNIT));
    const second = f64x2.pmax(best0, first);
    best0 = f64x2.pmin(best0, first);
    const third = f64x2.pmax(best1, second);
    best1 = f64x2.pmin(best1, second);
    best2 = f64x2.pmin(best2, third);
  }
  v128.store(PLACES, best0);
  v128.store(PLACES, best1, 16);
  v128.store(PLACES, best2, 32);
}

function rankMany(count: i32, sign: f64, user: i32): void {
  const end = (<usize>count) << 4;
  for (let i: usize = 0; i < end; i += 16) v128.store(i, both(Infinity), PLACES);
  let positionPart = both(0.0);
  const row = stride << 3;
  let document = EDUCATIVENESS + ((<usize>user) << 3);
  for (const last = document + <usize>(numCandidates * row); document < last; document += row) {
    let mover = mul(both(sign), sub(v128.load(document), positionPart));
    positionPart = add(positionPart, both(POSITION_UNIT));
    for (let i: usize = 0; i < end; i += 16) {
      const place = v128.load(i, PLACES);
      v128.store(i, f64x2.pmin(place, mover), PLACES);
      mover = f64x2.pmax(place, mover);
    }
  }
}
