import { refuse } from "../check/refuse.js";
import { policyOnce } from "../policies/policyOnce.js";
import { streamVersion } from "../random/streamVersion.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { seedOf } from "./options.js";
import { traceOptionsOnce } from "./optionsOnce.js";
import { tracedEpisodes, type TraceState, type TraceStep } from "./tracedEpisodes.js";
import { traceOptionMistakes, type TraceOptions } from "./traceOptions.js";

/** One episode, step by step. */
export interface Trace<T extends WorldTypes = WorldTypes> {
  readonly scenario: string;
  readonly parameters: T["parameters"];
  readonly policy: string;
  readonly user: number;
  readonly seed: string;
  readonly streamVersion: number;
  /** The state before the first step. */
  readonly initial: TraceState<T>;
  readonly steps: readonly TraceStep<T>[];
}

/**
 * Traces one episode step by step: exactly the one of this user in `simulate` with the same world, policy and seed. A batch policy
 * receives a batch of this user only. Throws `InvalidInput` with every error at once; user code that throws, and illegal slates, end
 * the trace with an error that names user and step.
 */
export function trace<T extends WorldTypes>(
  world: World<T>,
  given: RunPolicy<NoInfer<T>>,
  givenOptions: TraceOptions,
): Trace<T> {
  const policy = policyOnce("policy", given as RunPolicy) as RunPolicy<T>;
  const options = traceOptionsOnce(givenOptions);
  refuse(traceOptionMistakes(world as World, policy as RunPolicy, options));
  const { scenario, parameters } = world;
  const { user, steps = world.timeBudget } = options;
  const seed = seedOf(options);
  const { initial, steps: traced } = tracedEpisodes(world, policy, { seed, steps })(user);
  return { scenario, parameters, policy: policy.name, user, seed, streamVersion, initial, steps: [...traced] };
}
