import { expectedMistake, numberMistake } from "../check/mistakes.js";

const USER = { min: 0, max: 2 ** 32 - 1, integer: true };
/** Maximal length of a list of users: it fits easily into memory, and their episodes fill the largest disks. */
export const MAX_USERS = 2 ** 24;
/** Maximal number of errors listed; when all users are invalid they have one cause. */
const MAX_LISTED = 10;

/** Users, ascending, each once; empty if there are errors. */
export interface UserNumbers {
  readonly users: Uint32Array;
  readonly mistakes: readonly string[];
}

/** Reads a list of users in any order. Iterates over it once, and no further than needed. */
export function readUserNumbers(field: string, given: unknown): UserNumbers {
  if (!isIterable(given)) return refused([expectedMistake(field, "a list of user numbers", given)]);
  const numbers: number[] = [];
  const mistakes: string[] = [];
  for (const user of given) {
    const mistake = numberMistake(`${field}[${numbers.length + mistakes.length}]`, user, USER);
    if (mistake === undefined) numbers.push(user as number);
    else mistakes.push(mistake);
    if (mistakes.length === MAX_LISTED) break;
    if (numbers.length > MAX_USERS) return refused([expectedMistake(field, `at most ${MAX_USERS} users`, "more")]);
  }
  if (mistakes.length > 0) return refused(mistakes);
  if (numbers.length === 0) return refused([expectedMistake(field, "at least one user", given)]);
  const rising = Uint32Array.from(numbers).toSorted();
  return { users: rising.filter((user, index) => index === 0 || user !== rising[index - 1]), mistakes: [] };
}

/** Formats ascending numbers as in `0,5,10-20`. */
export function userNumbersText(users: Uint32Array): string {
  const ranges: [number, number][] = [];
  for (const user of users) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === user - 1) last[1] = user;
    else ranges.push([user, user]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

function isIterable(given: unknown): given is Iterable<unknown> {
  if (typeof given !== "object" || given === null) return false;
  return typeof (given as Partial<Iterable<unknown>>)[Symbol.iterator] === "function";
}

function refused(mistakes: readonly string[]): UserNumbers {
  return { users: new Uint32Array(), mistakes };
}
