import { numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { SAMPLE_STREAM, wordSource } from "../random/address.js";
import { Draws } from "../random/draws.js";
import { seedOf } from "../montecarlo/options.js";
import { seedKey, seedMistake, type Seed } from "../random/seedKey.js";
import { MAX_USERS } from "./userNumbers.js";

const USERS = 2 ** 32;

/** Options of a sample of users. */
export interface SampleOptions {
  /** Size of the sample: an integer in [1, users], at most 2^24. */
  readonly sample: number;
  /** Number of users to sample from: an integer in [1, 2^32]. */
  readonly users: number;
  /** Number of the first of these users. Default: 0. */
  readonly firstUser?: number;
  /** Any text, or a finite number. Default: 0. */
  readonly seed?: Seed;
}

/**
 * Samples distinct users, every set equally likely, with separate random numbers: equal for equal arguments, and independent of the
 * users' episodes. Returns them ascending. Throws `InvalidInput` with every error at once.
 */
export function sampleUsers(options: SampleOptions): readonly number[] {
  refuse(mistakesOf(options));
  const { sample, users, firstUser = 0 } = options;
  const draws = new Draws(wordSource(seedKey(seedOf(options)), SAMPLE_STREAM, 0), 0);
  const places = new Set<number>(); // Floyd's algorithm: Bentley, "A sample of brilliance", CACM 30 (1987) 754
  for (let last = users - sample; last < users; last++) {
    const place = draws.integer(last + 1);
    places.add(places.has(place) ? last : place);
  }
  return [...places].map((place) => firstUser + place).toSorted((a, b) => a - b);
}

function mistakesOf(options: SampleOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { sample, users, firstUser = 0, seed } = options;
  const wrongFirst = numberMistake("firstUser", firstUser, { min: 0, max: USERS - 1, integer: true });
  const room = wrongFirst === undefined ? USERS - firstUser : USERS;
  const wrongUsers = numberMistake("users", users, { min: 1, max: room, integer: true });
  const most = Math.min(wrongUsers === undefined ? users : room, MAX_USERS);
  return [
    ...unknownFieldMistakes("sample option", options, ["sample", "users", "firstUser", "seed"]),
    wrongFirst,
    wrongUsers,
    numberMistake("sample", sample, { min: 1, max: most, integer: true }),
    seed === undefined ? undefined : seedMistake(seed),
  ];
}
