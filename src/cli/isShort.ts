import { parseNumber } from "./parseNumber.js";

/** So many users are simulated in a moment, in the worlds that come with the package. */
const FEW_USERS = 10_000;

/** Flags under which the work stays as short as the number of users says. */
const HARMLESS = new Set(
  "--scenario --policy --users --user --first-user --seed --steps --estimator --engine --json".split(" "),
);

/**
 * Whether a command is surely done before a thread of its own would have started (see apart.ts). Mistaken words may be called
 * short or long.
 */
export function isShort(name: string, words: readonly string[]): boolean {
  const flags = words.filter((word) => word.startsWith("-"));
  if (!flags.every((word) => HARMLESS.has(word.split("=")[0]!))) return false;
  return name === "trace" || (["run", "compare"].includes(name) && usersIn(words) <= FEW_USERS);
}

/** NaN where they are not given as a number. */
function usersIn(words: readonly string[]): number {
  const at = words.findIndex((word) => word === "--users" || word.startsWith("--users="));
  const text = words[at]?.split("=")[1] ?? words[at + 1];
  return at < 0 || text === undefined ? NaN : (parseNumber(text) ?? NaN);
}
