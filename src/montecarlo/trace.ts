import { refuse } from "../check/refuse.js";
import { streamVersion } from "../random/streamVersion.js";
import type { Parameters } from "../worlds/longTermSatisfaction/parameters.js";
import type { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { seedOf, traceOptionMistakes, type TraceOptions } from "./options.js";
import { traceOptionsOnce } from "./optionsOnce.js";
import { policyOnce } from "../policies/policyOnce.js";
import type { LtsRunPolicy } from "../policies/runPolicy.js";
import { tracedLives, type TraceState, type TraceStep } from "./tracedLives.js";

export interface Trace {
  readonly scenario: string;
  readonly parameters: Readonly<Parameters>;
  readonly policy: string;
  readonly user: number;
  readonly seed: string;
  readonly streamVersion: number;
  /** The state before the first step. */
  readonly initial: TraceState;
  readonly steps: readonly TraceStep[];
}

/**
 * One life step by step: exactly the one that this user lives in `simulate` with the same world, policy and seed. A batch
 * policy is shown the user alone. Throws `InvalidInput` with every mistake at once; a policy of the caller's that throws, or
 * leaves an illegal slate, ends it with an error that names user and step.
 */
export function trace(world: LongTermSatisfactionWorld, given: LtsRunPolicy, givenOptions: TraceOptions): Trace {
  const policy = policyOnce("policy", given);
  const options = traceOptionsOnce(givenOptions);
  refuse(traceOptionMistakes(world, policy, options));
  const { scenario, parameters } = world;
  const { user, steps = parameters.timeBudget } = options;
  const seed = seedOf(options);
  const life = tracedLives(world, policy, { seed, steps })(user);
  const { initial } = life;
  const lived = [...life.steps];
  return { scenario, parameters, policy: policy.name, user, seed, streamVersion, initial, steps: lived };
}
