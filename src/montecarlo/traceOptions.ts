import { numberMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { policyMistakes } from "../policies/policyMistakes.js";
import { DEFAULT_SEED, seedMistake, type Seed } from "../random/seedKey.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import { argumentMistakes, stepsMistake } from "./optionMistakes.js";
import { LAST_USER } from "./options.js";

/** Options of a trace: its user, seed and steps. */
export interface TraceOptions {
  /** Number of the user: an integer in [0, 2^32 - 1]. */
  readonly user: number;
  /** Any text, or a finite number. Default: 0. */
  readonly seed?: Seed;
  /** Steps of the episode, as in `RunOptions`. */
  readonly steps?: number;
}

export const TRACE_OPTION_NAMES = ["user", "seed", "steps"];

/** Returns all errors in the options of a trace. */
export function traceOptionMistakes(world: World, policy: RunPolicy, options: TraceOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const own = [
    numberMistake("user", options.user, { min: 0, max: LAST_USER, integer: true }),
    stepsMistake(options.steps ?? world.timeBudget, world.timeBudget),
    seedMistake(options.seed ?? DEFAULT_SEED),
  ].filter((mistake) => mistake !== undefined);
  const unknown = unknownFieldMistakes("trace option", options, TRACE_OPTION_NAMES);
  return [...unknown, ...policyMistakes(world, policy, options.steps ?? world.timeBudget), ...own];
}
