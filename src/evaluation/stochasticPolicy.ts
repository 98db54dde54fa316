import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { AGENT_STREAM, wordSource } from "../random/address.js";
import { Draws } from "../random/draws.js";
import { seedKey, type Key } from "../random/seedKey.js";
import type { AgentPolicy, AgentSeed, EpisodicAgent } from "../world/policy.js";
import { worldMistake, type World } from "../world/world.js";
import type { ObservationOf, WorldTypes } from "../world/worldTypes.js";
import { drawSlate, listedSlates, readSlates, type SlateProbability } from "./distribution.js";

/** What a stochastic policy states. */
export interface StochasticDefinition<T extends WorldTypes = WorldTypes> {
  /** Name in reports and errors. */
  readonly name: string;
  /**
   * The slates that the policy shows with a probability above 0, and these probabilities, whose sum is 1. It must depend on its arguments
   * alone: it is called when a slate is drawn, and again when its probability is asked for.
   */
  slateProbabilities(observation: ObservationOf<T>, user: number, step: number): readonly SlateProbability[];
}

/** A policy for runs that states the probabilities of its slates. */
export interface StochasticPolicy<T extends WorldTypes = WorldTypes> extends AgentPolicy<T>, StochasticDefinition<T> {}

const FIELDS = ["name", "slateProbabilities"];

/** Policies that `stochasticPolicy` made. */
const made = new WeakSet<object>();

/**
 * Makes a policy that draws its slates from the probabilities that it states: for `simulate` and its kin, for logs, and as a target.
 * Draws are those of agents at user and step. Throws `InvalidInput`; slates that are not legal in the world, and probabilities that do not
 * add up to 1, end a run with an error that names user and step.
 */
export function stochasticPolicy<T extends WorldTypes>(
  world: World<T>,
  definition: StochasticDefinition<NoInfer<T>>,
): StochasticPolicy<T> {
  const given = readOnce("policy", definition, FIELDS);
  refuse([worldMistake(world), objectMistake("policy", given)]);
  const { name, slateProbabilities } = given;
  refuse([
    ...unknownFieldMistakes("field of a stochastic policy", given, FIELDS),
    typeof name === "string" && name !== "" ? undefined : expectedMistake("name", "a text that is not empty", name),
    typeof slateProbabilities === "function"
      ? undefined
      : expectedMistake("slateProbabilities", "a function", slateProbabilities),
  ]);
  const stated: StochasticDefinition<T>["slateProbabilities"] = (observation, user, step) =>
    readSlates(slateProbabilities.call(definition, observation, user, step), world);
  const keyOf = lastKey();
  const policy: StochasticPolicy<T> = Object.freeze({
    name,
    slateProbabilities: stated,
    createAgent: (_spaces: unknown, { seed, firstEpisode: user }: AgentSeed) =>
      drawingAgent(world, keyOf(seed), user, stated),
  });
  made.add(policy);
  return policy;
}

export function isStochastic(policy: object): policy is StochasticPolicy {
  return made.has(policy);
}

/** Keeps the key of the last seed, because making one takes longer than an episode. */
function lastKey(): (seed: string) => Key {
  let known: { readonly seed: string; readonly key: Key } | undefined;
  return (seed) => {
    if (known?.seed !== seed) known = { seed, key: seedKey(seed) };
    return known.key;
  };
}

/** An agent that draws each slate of one user from the stated probabilities. */
function drawingAgent<T extends WorldTypes>(
  world: World<T>,
  key: Key,
  user: number,
  stated: StochasticDefinition<T>["slateProbabilities"],
): EpisodicAgent<ObservationOf<T>> {
  const words = wordSource(key, AGENT_STREAM, user);
  let step = 0;
  let listed: readonly SlateProbability[] = [];
  let slate: readonly number[] = [];
  const next = (observation: ObservationOf<T>): readonly number[] => {
    listed = stated(observation, user, step);
    slate = drawSlate(listed, new Draws(words, step));
    step += 1;
    return slate;
  };
  return {
    beginEpisode: next,
    step: (_reward, observation) => next(observation),
    endEpisode: () => undefined,
    slatePropensity: () => Math.min(1, listedSlates(listed, world).probabilityOf(slate)), // their sum may be 1 but for rounding
  };
}
