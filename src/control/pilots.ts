import { InvalidInput, isInvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";

/** Users from whom coefficients are fitted. */
const PILOT_USERS = 4096;
/** Long episodes have fewer pilots: steps of all of them together, and the fewest users. */
const MAX_PILOT_STEPS = 2 ** 20;
const MIN_PILOT_USERS = 256;

/** Returns the number of pilot users for episodes of so many steps: a multiple of a tile. */
export function pilotUsers(steps: number): number {
  let users = PILOT_USERS;
  while (users > MIN_PILOT_USERS && users * steps > MAX_PILOT_STEPS) users /= 2;
  return users;
}

/** The seed of pilot users: their draws are independent of those of the run's users, so coefficients are, too. */
export function pilotSeed(seed: string): string {
  return `pilot users of ${seed}`;
}

/** Simulates pilot users; an error says that it was with them. */
export function withPilots<Result>(simulate: () => Result): Result {
  try {
    return simulate();
  } catch (error) {
    if (isInvalidInput(error)) throw new InvalidInput(error.errors.map(amongPilots));
    throw new Error(amongPilots(reasonOf(error)), { cause: error });
  }
}

function amongPilots(reason: string): string {
  return `with pilot users: ${reason}`;
}
