import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { Env } from "./env.js";
import { envOptionMistakes, OPTION_NAMES, type EnvOptions } from "./envOptions.js";

/**
 * An environment with Gymnasium's conventions: `reset` begins a user's episode, `step` takes a slate. User 42 has the same
 * episode here as in `simulate` and in a batch under the same seed, bit for bit. Rejects with `InvalidInput`, all errors at once.
 */
export async function makeEnv<T extends WorldTypes>(
  world: World<T>,
  options: EnvOptions<T["response"]> = {},
): Promise<Env<T>> {
  const given = readOnce("options", options, OPTION_NAMES); // later changes to the caller's object have no effect
  refuse(envOptionMistakes(world, given));
  return new Env(world, given);
}
