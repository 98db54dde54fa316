import type { Json } from "../check/json.js";
import type { World } from "../world/world.js";
import { writtenParameters } from "../world/writtenParameters.js";
import type { Settings } from "./checkpoint.js";

/** Returns the settings from which `slatesim eval` creates the same world and agent; `agent` is left out where it has no name. */
export function provenanceOf({ scenario, parameters, hash }: World, seed: string, agent?: string): Settings {
  const named = agent === undefined ? {} : { agent };
  return {
    scenario,
    parameters: { ...(writtenParameters(parameters) as object) } as Json,
    world: hash,
    ...named,
    seed,
  };
}
