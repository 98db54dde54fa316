import { PARAMETER_BLOCK, type BlockSource, type WordSource } from "../../random/address.js";
import { drawFrom, supportOf } from "../../random/distribution.js";
import { Draws } from "../../random/draws.js";
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

/** A parameter of which every user has a value of their own, and that value, by the user's draws of the world. */
export interface OwnParameter {
  readonly name: UserParameter;
  valueOf(source: BlockSource & { readonly user: number }): number;
}

/** Returns the parameters that are not the same for all users, in the order of `USER_PARAMETERS`. */
export function ownParameters(parameters: Parameters): readonly OwnParameter[] {
  const columns = (parameters.users as UserTable | null)?.columns;
  return USER_PARAMETERS.flatMap((name, place): OwnParameter[] => {
    const [column, value] = [columns?.[name], parameters[name]];
    if (column !== undefined) return [{ name, valueOf: ({ user }) => column[user % column.length]! }];
    if (typeof value === "number") return [];
    const draw = (source: BlockSource): number => drawFrom(value, new Draws(source, place, PARAMETER_BLOCK));
    return [{ name, valueOf: name === "timeBudget" ? (source) => Math.round(draw(source)) : draw }];
  });
}

/** Returns, for a user's draws of the world, the parameters of that user. */
export function parametersOfUsers(parameters: Parameters): (source: WordSource) => PlainParameters {
  const own = ownParameters(parameters);
  const shared = sharedParameters(parameters);
  if (shared !== undefined) return () => shared;
  return (source) => {
    const values = Object.fromEntries(own.map(({ name, valueOf }) => [name, valueOf(source)]));
    return { ...parameters, ...values, users: null } as PlainParameters;
  };
}

/** Returns the least and the greatest value that a user may have. */
export function rangeOf(parameters: Parameters, name: UserParameter): readonly [least: number, greatest: number] {
  const column = (parameters.users as UserTable | null)?.columns[name];
  if (column !== undefined) return [leastOf(column), greatestOf(column)];
  const value = parameters[name];
  return typeof value === "number" ? [value, value] : supportOf(value);
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
