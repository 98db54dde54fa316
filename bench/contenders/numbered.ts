import { processClock } from "../clock.js";
import type { Contender, Engagements, LiveNumbered, Task } from "../contender.js";
import { seedKey } from "../package.js";

/** Of all draws of numbered users. */
export const SEED = "bench";
export const KEY = seedKey(SEED);

/** A contender whose users have numbers: every call lives the next `users` of them. */
export function numbered(
  name: string,
  task: Task,
  users: number,
  liveNumbered: LiveNumbered,
  clock: Contender["clock"] = processClock,
): Contender {
  let firstUser = 0;
  const live: Contender["live"] = () => {
    const engagements = liveNumbered(firstUser, users);
    firstUser += users;
    return engagements;
  };
  return { name, task, users, live, clock, liveNumbered };
}

/** Of the users' totals. */
export function sumsOf(totals: Float64Array): Engagements {
  let sum = 0;
  let sumOfSquares = 0;
  for (const total of totals) {
    sum += total;
    sumOfSquares += total * total;
  }
  return { sum, sumOfSquares };
}
