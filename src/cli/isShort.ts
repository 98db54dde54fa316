import { parseNumber } from "../check/parseNumber.js";

/** Number of users that are simulated in a moment, in the worlds of slatesim. */
const FEW_USERS = 10_000;

/** The policy that is solved first. */
const LONG = "optimal";

/** Flags that do not make the work longer than the number of users does. */
const HARMLESS = new Set(
  "--scenario --policy --users --user --first-user --seed --steps --estimator --engine --json".split(" "),
);

/**
 * Returns whether a command is certainly done before a separate thread would have started (see executeInThread.ts). For invalid
 * arguments, the result may be either.
 */
export function isShort(name: string, words: readonly string[]): boolean {
  const flags = words.filter((word) => word.startsWith("-"));
  if (!flags.every((word) => HARMLESS.has(word.split("=")[0]!)) || words.some((word) => word.includes(LONG)))
    return false;
  return name === "trace" || (["run", "compare"].includes(name) && usersIn(words) <= FEW_USERS);
}

/** Returns NaN if the users are not given as a number. */
function usersIn(words: readonly string[]): number {
  const at = words.findIndex((word) => word === "--users" || word.startsWith("--users="));
  const text = words[at]?.split("=")[1] ?? words[at + 1];
  return at < 0 || text === undefined ? NaN : (parseNumber(text) ?? NaN);
}
