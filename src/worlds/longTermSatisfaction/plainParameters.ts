import { PARAMETER_BLOCK, WORLD_STREAM, wordSource, type WordSource } from "../../random/address.js";
import { drawFrom, supportOf, type Distribution } from "../../random/distribution.js";
import { Draws } from "../../random/draws.js";
import type { Key } from "../../random/seedKey.js";
import {
  USER_PARAMETERS,
  type Parameters,
  type PlainParameters,
  type UserParameter,
  type UserTable,
} from "./parameters.js";

/** Returns the parameters if all users are alike; else undefined. */
export function sharedParameters(parameters: Parameters): PlainParameters | undefined {
  const differ = parameters.users !== null || USER_PARAMETERS.some((name) => typeof parameters[name] !== "number");
  return differ ? undefined : (parameters as PlainParameters);
}

/** Returns, for a user's draws of the world, the parameters of that user. */
export function parametersOfUsers(parameters: Parameters): (source: WordSource) => PlainParameters {
  const shared = sharedParameters(parameters);
  if (shared !== undefined) return () => shared;
  const drawn = USER_PARAMETERS.filter((name) => typeof parameters[name] !== "number");
  const table = parameters.users as UserTable | null;
  const columns = Object.entries(table?.columns ?? {}) as [UserParameter, Float64Array][];
  return (source) => {
    const own: Partial<Record<UserParameter, number>> = {};
    for (const [name, column] of columns) own[name] = column[source.user % column.length]!;
    for (const name of drawn) own[name] = drawParameter(name, parameters[name] as Distribution, source);
    return { ...parameters, ...own, users: null } as PlainParameters;
  };
}

function drawParameter(name: UserParameter, distribution: Distribution, source: WordSource): number {
  const x = drawFrom(distribution, new Draws(source, USER_PARAMETERS.indexOf(name), PARAMETER_BLOCK));
  return name === "timeBudget" ? Math.round(x) : x;
}

/** Returns the least and the greatest value that a user may have. */
export function rangeOf(parameters: Parameters, name: UserParameter): readonly [least: number, greatest: number] {
  const column = (parameters.users as UserTable | null)?.columns[name];
  if (column !== undefined) return [leastOf(column), greatestOf(column)];
  const value = parameters[name];
  return typeof value === "number" ? [value, value] : supportOf(value);
}

/** Returns the number of steps of a user's episode, at most `steps`, by the user's number. */
export function lengthsUnder(parameters: Parameters, key: Key, steps: number): (user: number) => number {
  if (!episodesDiffer(parameters)) return () => steps;
  const parametersOf = parametersOfUsers(parameters);
  return (user) => Math.min(steps, parametersOf(wordSource(key, WORLD_STREAM, user)).timeBudget);
}

/** Whether some episodes may be longer than others. */
export function episodesDiffer(parameters: Parameters): boolean {
  const [least, greatest] = rangeOf(parameters, "timeBudget");
  return Math.round(least) < Math.round(greatest);
}

/** The number of steps of the longest episode. */
export function longestEpisode(parameters: Parameters): number {
  return Math.round(rangeOf(parameters, "timeBudget")[1]);
}

function leastOf(column: ArrayLike<number>): number {
  let least = Infinity;
  for (let i = 0; i < column.length; i++) least = Math.min(least, column[i]!);
  return least;
}

function greatestOf(column: ArrayLike<number>): number {
  let greatest = -Infinity;
  for (let i = 0; i < column.length; i++) greatest = Math.max(greatest, column[i]!);
  return greatest;
}
