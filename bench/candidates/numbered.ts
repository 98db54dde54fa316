import { processClock } from "../clock.js";
import type { Candidate, Engagements, Numbered, Task } from "../candidate.js";
import { seedKey } from "../package.js";

/** Of all draws of numbered users. */
export const SEED = "bench";
export const KEY = seedKey(SEED);

/** A candidate whose users have numbers: every call simulates the next `users` of them. */
export function numbered(
  name: string,
  task: Task,
  users: number,
  ofNumbers: Numbered,
  clock: Candidate["clock"] = processClock,
): Candidate {
  let firstUser = 0;
  const run: Candidate["run"] = () => {
    const engagements = ofNumbers.run(firstUser, users);
    firstUser += users;
    return engagements;
  };
  return { name, task, users, run, clock, numbered: ofNumbers };
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
