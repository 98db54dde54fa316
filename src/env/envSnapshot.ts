import { expectedMistake, numberMistake, objectMistake, oneOfMistake } from "../check/mistakes.js";
import type { Json } from "../check/json.js";
import { plainOnce } from "../check/plainOnce.js";
import { refuse } from "../check/refuse.js";
import { seedMistake } from "../random/seedKey.js";
import { streamVersion } from "../random/streamVersion.js";
import type { World } from "../world/world.js";
import { LAST_USER, userMistake } from "./envOptions.js";

export const SNAPSHOT_FORMAT = { format: "slatesim environment", streamVersion } as const;

export interface EnvSnapshot {
  readonly seed: string;
  readonly nextUser: number;
  readonly user: number;
  readonly ended: boolean;
  /** Null before the first reset. */
  readonly state: { readonly time: number; readonly user: Json } | null;
}

/** Reads a snapshot of an environment of that world. Throws `InvalidInput` for anything else. */
export function readSnapshot(snapshot: unknown, { hash, timeBudget }: World): EnvSnapshot {
  refuse([objectMistake("snapshot", snapshot)]);
  const given = plainOnce("snapshot", snapshot) as unknown as EnvSnapshot & Record<string, unknown>;
  refuse([oneOfMistake("format", given["format"], [SNAPSHOT_FORMAT.format])]);
  const { seed, nextUser, user, ended, state } = given;
  refuse([
    isSame("streamVersion", given["streamVersion"], streamVersion),
    isSame("world", given["world"], hash),
    seedMistake(seed),
    numberMistake("nextUser", nextUser, { min: 0, max: LAST_USER + 1, integer: true }),
    userMistake(user),
    typeof ended === "boolean" ? undefined : expectedMistake("ended", "true or false", ended),
    ...(state === null ? [] : stateMistakes(state, timeBudget)),
  ]);
  return given;
}

/** Checks time and user of a state; the world itself checks the state of the user. */
function stateMistakes(state: NonNullable<EnvSnapshot["state"]>, timeBudget: number): (string | undefined)[] {
  const noObject = objectMistake("state", state);
  if (noObject !== undefined) return [noObject];
  return [
    numberMistake("time", state.time, { min: 0, max: Math.min(timeBudget, LAST_USER), integer: true }),
    Object.hasOwn(state, "user") ? undefined : expectedMistake("user", "the state of the user", undefined),
  ];
}

function isSame(field: string, value: unknown, wanted: string | number): string | undefined {
  return value === wanted ? undefined : expectedMistake(field, JSON.stringify(wanted), value);
}
