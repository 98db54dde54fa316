import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { callWorld } from "../policies/callPolicy.js";
import { policyMistakes } from "../policies/policyMistakes.js";
import { DEFAULT_SEED, seedMistake, seedText, type Seed } from "../random/seedKey.js";
import { stepsMistake } from "../montecarlo/optionMistakes.js";
import { LAST_USER } from "../montecarlo/options.js";
import { observedEpisodes, type ObservedStep } from "../montecarlo/tracedEpisodes.js";
import { isAgentPolicy, isBatchPolicy } from "../world/policy.js";
import { worldMistake, type World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { listedSlates } from "./distribution.js";
import type { EpisodeLog, LoggedStep } from "./log.js";
import { isStochastic } from "./stochasticPolicy.js";
import { distributionsOf, evaluatedOnce, nameOf, type EvaluatedPolicy } from "./targetPolicy.js";

/** Options of a log. */
export interface LogOptions<T extends WorldTypes = WorldTypes> {
  /** How many users: an integer in [1, 2^32 - 1]. All of their steps are held in memory. */
  readonly users: number;
  /** Number of the first user. Default: 0. */
  readonly firstUser?: number;
  /** Any text, or a finite number. Default: 0. */
  readonly seed?: Seed;
  /** Steps of each episode, as in `RunOptions`. */
  readonly steps?: number;
  /** Splits the reward of a step among the slots, from the responses to them. Default: logs have no rewards of slots. */
  slotRewards?(responses: readonly T["response"][]): readonly number[];
}

const OPTIONS = ["users", "firstUser", "seed", "steps", "slotRewards"];

/**
 * Logs episodes of a policy in a world, one of each user: those of `simulate` with the same world, policy and seed. Propensities are
 * those of the policy: 1 for a built-in policy other than random. Throws `InvalidInput` with every error at once, and for a policy whose
 * probabilities are not known; user code that throws ends the log with an error that names user and step.
 */
export function logEpisodes<T extends WorldTypes>(
  world: World<T>,
  given: EvaluatedPolicy<NoInfer<T>>,
  givenOptions: LogOptions<NoInfer<T>>,
): EpisodeLog {
  const options = readOnce("options", givenOptions as LogOptions, OPTIONS);
  const policy = evaluatedOnce("policy", given as EvaluatedPolicy);
  refuse([worldMistake(world), objectMistake("options", options)]);
  refuse(logMistakes(world as World, policy, options));
  const { users, firstUser = 0, seed = DEFAULT_SEED, steps = world.timeBudget } = options;
  const episodeOf = observedEpisodes(world as World, policy, { seed: seedText(seed), steps });
  const at = distributionsOf(world as World, policy);
  const logged = (user: number) => (step: ObservedStep, time: number) => {
    const { observation, slate } = step;
    const distribution = at?.(observation, user, time) ?? listedSlates([{ slate, probability: 1 }], world);
    const slots = distribution.slotProbabilities();
    const split = options.slotRewards;
    return {
      context: observation,
      slate,
      propensity: distribution.probabilityOf(slate),
      slotPropensities: slate.map((position, slot) => slots[slot]![position]!),
      prefixPropensities: distribution.prefixProbabilities(slate),
      reward: step.reward,
      ...(split && { slotRewards: callWorld(world, time, user, () => split.call(givenOptions, step.responses)) }),
    } satisfies LoggedStep;
  };
  const episodes = Array.from({ length: users }, (_, index) => {
    const user = firstUser + index;
    return { user, steps: Array.from(episodeOf(user), logged(user)) };
  });
  return { policy: policy.name, episodes };
}

function logMistakes(world: World, policy: EvaluatedPolicy, options: LogOptions): (string | undefined)[] {
  const { users, firstUser = 0, seed = DEFAULT_SEED, steps = world.timeBudget, slotRewards } = options;
  const wrong = policyMistakes(world, policy, steps);
  const last = LAST_USER + 1 - (Number.isInteger(firstUser) ? Math.max(firstUser, 0) : 0);
  return [
    ...unknownFieldMistakes("log option", options, OPTIONS),
    ...(wrong.length > 0 ? wrong : unknownProbabilities(policy)),
    numberMistake("users", users, { min: 1, max: Math.min(last, LAST_USER), integer: true }),
    numberMistake("firstUser", firstUser, { min: 0, max: LAST_USER, integer: true }),
    seedMistake(seed),
    stepsMistake(steps, world.timeBudget),
    slotRewards === undefined || typeof slotRewards === "function"
      ? undefined
      : expectedMistake("slotRewards", "a function", slotRewards),
  ];
}

/** Returns an error for a batch policy or an agent that does not state its probabilities. */
function unknownProbabilities(policy: EvaluatedPolicy): string[] {
  const unknown = (isBatchPolicy(policy) || isAgentPolicy(policy)) && !isStochastic(policy);
  return unknown
    ? [expectedMistake("policy", "a built-in policy, or one made by `stochasticPolicy`", nameOf(policy))]
    : [];
}
