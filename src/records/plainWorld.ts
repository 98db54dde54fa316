import type { Json } from "../check/json.js";
import type { World } from "../world/world.js";
import type { BuiltInWorld } from "../worlds/scenarios.js";

/** Returns whether a scenario's name and its parameters as JSON say all about a world: not of a custom one, nor of one with a table of users. */
export function isRestorable(world: World): boolean {
  return !world.userDefined && tableOf(world) === null;
}

/** Returns the parameters of a world as plain data: of a table of users the number of rows, the columns' names and a hash. */
export function plainParameters(world: World): Json {
  const table = world.userDefined ? null : tableOf(world);
  return (table === null ? world.parameters : { ...(world.parameters as object), users: table.toJSON() }) as Json;
}

/** Returns the table of users of a built-in world. */
function tableOf({ parameters }: World): { toJSON(): object } | null {
  return (parameters as BuiltInWorld["parameters"]).users as { toJSON(): object } | null;
}
