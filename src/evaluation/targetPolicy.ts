import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { policyOnce } from "../policies/policyOnce.js";
import type { BuiltInPolicy } from "../world/policy.js";
import { worldMistake, type World } from "../world/world.js";
import type { ObservationOf, WorldTypes } from "../world/worldTypes.js";
import { listedSlates, uniformSlates, type SlateDistribution } from "./distribution.js";
import type { LoggedStep } from "./log.js";
import { isStochastic, type StochasticPolicy } from "./stochasticPolicy.js";

/**
 * A policy that is evaluated: what it would have done at a step that was logged. `step` counts the user's steps from 0. All probabilities
 * are in [0, 1].
 */
export interface TargetPolicy {
  /** Name in errors. */
  readonly name: string;
  /** Probability of the logged slate, in its order. */
  slateProbability(logged: LoggedStep, user: number, step: number): number;
  /** Probability of each candidate in each slot, whatever the other slots show: [slot][position]. */
  slotProbabilities?(logged: LoggedStep, user: number, step: number): readonly (readonly number[])[];
  /** For all k the probability that slots 1 to k show what was logged in them. */
  prefixProbabilities?(logged: LoggedStep, user: number, step: number): readonly number[];
}

/** A policy whose distribution over slates is known from the observation. */
export type EvaluatedPolicy<T extends WorldTypes = WorldTypes> = BuiltInPolicy | StochasticPolicy<T>;

/** Distributions of a policy over slates, step by step. */
type DistributionAt = (observation: unknown, user: number, step: number) => SlateDistribution;

/**
 * Makes a target of a policy: of `policies.random()`, `policies.first()`, or one made by `stochasticPolicy`, which reads the observation
 * from the step's `context`. Throws `InvalidInput` for other policies, whose probabilities are not known.
 */
export function targetPolicy<T extends WorldTypes>(world: World<T>, given: EvaluatedPolicy<NoInfer<T>>): TargetPolicy {
  const policy = evaluatedOnce("target", given as EvaluatedPolicy);
  refuse([worldMistake(world)]);
  const at = distributionsOf(world as World, policy);
  const rule = "policies.random(), policies.first(), or one made by `stochasticPolicy`";
  if (at === undefined) refuse([expectedMistake("target", rule, nameOf(policy))]);
  return Object.freeze({
    name: policy.name,
    slateProbability: ({ context, slate }: LoggedStep, user: number, step: number) =>
      at!(context, user, step).probabilityOf(slate),
    slotProbabilities: ({ context }: LoggedStep, user: number, step: number) =>
      at!(context, user, step).slotProbabilities(),
    prefixProbabilities: ({ context, slate }: LoggedStep, user: number, step: number) =>
      at!(context, user, step).prefixProbabilities(slate),
  });
}

/** Reads a policy once; those that `stochasticPolicy` made have been. */
export function evaluatedOnce(field: string, given: EvaluatedPolicy): EvaluatedPolicy {
  return typeof given === "object" && given !== null && isStochastic(given) ? given : policyOnce(field, given);
}

/** Returns the distributions of a policy that does not look behind observations; undefined for any other. */
export function distributionsOf(world: World, policy: EvaluatedPolicy): DistributionAt | undefined {
  if (typeof policy !== "object" || policy === null) return undefined;
  if (isStochastic(policy)) {
    return (observation, user, step) =>
      listedSlates(policy.slateProbabilities(observation as ObservationOf<WorldTypes>, user, step), world);
  }
  if (policy.rule === "random") {
    const uniform = uniformSlates(world);
    return () => uniform;
  }
  if (policy.rule === "first") {
    const slate = Array.from({ length: world.slateSize }, (_, slot) => slot);
    const only = listedSlates([{ slate, probability: 1 }], world);
    return () => only;
  }
  return undefined;
}

/** Returns a policy's name, or whatever there is instead of a policy. */
export function nameOf(policy: unknown): unknown {
  const name: unknown = typeof policy === "object" && policy !== null ? Reflect.get(policy, "name") : undefined;
  return typeof name === "string" ? name : policy;
}
