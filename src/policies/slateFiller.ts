import { forPlainObservations, noAgentMistake } from "../agents/validatedAgent.js";
import { statedPropensity } from "../agents/statedPropensity.js";
import { InvalidInput } from "../check/invalidInput.js";
import { refuse } from "../check/refuse.js";
import { POLICY_STREAM, WordSource } from "../random/address.js";
import { seedKey } from "../random/seedKey.js";
import { recordedPropensity, uniformPropensity } from "../spaces/propensity.js";
import { Slate } from "../spaces/slate.js";
import { SlateCheck } from "../spaces/slateCheck.js";
import type { ObservationOf, WorldTypes } from "../world/worldTypes.js";
import { observationSpace } from "../world/observation.js";
import {
  isAgentPolicy,
  isBatchPolicy,
  type AgentPolicy,
  type BatchPolicy,
  type BuiltInPolicy,
  type EpisodicAgent,
  type RunPolicy,
} from "../world/policy.js";
import type { ActiveUser } from "../world/episode.js";
import type { ScalarStateModel } from "../world/scalarState.js";
import type { SlatePlan } from "../world/slatePlan.js";
import type { World } from "../world/world.js";
import { batchView, callPolicy, failureOf, fillSlates } from "./callPolicy.js";
import { candidateRanks } from "./candidateRanks.js";
import { policies } from "./policies.js";
import { BestSlates } from "./selectBest.js";
import { selectSlate } from "./selectSlate.js";

/** Methods of an agent that a run calls. */
const EPISODE_METHODS = [
  "beginEpisode",
  "step",
  "endEpisode",
] as const satisfies readonly (keyof EpisodicAgent<never>)[];

/** Fills the slates of users who are simulated in TypeScript. */
export interface SlateFiller<T extends WorldTypes> {
  /** Whether it reads observations of users. */
  readonly observes: boolean;
  /** Fills the next slate of each of these users, who have taken `step` steps. */
  slates(users: readonly ActiveUser<T>[], step: number): readonly (readonly number[])[];
  /** Returns the probability of the user's last slate under the policy; null where it is not known. */
  propensity(user: ActiveUser<T>, step: number): number | null;
  /** Called after the last step of the users. */
  end?(users: readonly ActiveUser<T>[], step: number): void;
}

/** Returns the filler of any policy. */
export function slateFiller<T extends WorldTypes>(world: World<T>, policy: RunPolicy<T>, seed: string): SlateFiller<T> {
  if (isBatchPolicy(policy)) return batchFiller(world, policy, seed);
  if (isAgentPolicy(policy)) return agentFiller(world, policy, seed);
  return builtInFiller(world, policy, seed);
}

function builtInFiller<T extends WorldTypes>(world: World<T>, policy: BuiltInPolicy, seed: string): SlateFiller<T> {
  const key = seedKey(seed);
  const { slateSize, numCandidates } = world;
  const unranked = Array.from({ length: numCandidates }, () => 0);
  if (policy.rule === "first") {
    const slate = Object.freeze(selectSlate(policy, unranked, slateSize, new WordSource(key, POLICY_STREAM, 0), 0));
    return { observes: false, slates: (users) => users.map(() => slate), propensity: () => 1 };
  }
  if (policy.plan !== undefined) return plannedFiller(world, policy.plan);
  const ranksFor = policy.rule === "mix" ? candidateRanks(world, policy) : () => unranked;
  const sourceOf = (active: ActiveUser<T>): WordSource => {
    active.policyState ??= new WordSource(key, POLICY_STREAM, active.user);
    return active.policyState as WordSource;
  };
  const propensity = policy.rule === "random" ? recordedPropensity(uniformPropensity(world)) : 1;
  return {
    observes: false,
    slates: (users, step) =>
      users.map((active) => selectSlate(policy, ranksFor(active, step), slateSize, sourceOf(active), step)),
    propensity: () => propensity,
  };
}

/** Filler by a plan of `solve`, which looks at the user's state. */
function plannedFiller<T extends WorldTypes>(world: World<T>, plan: SlatePlan): SlateFiller<T> {
  const { slateSize } = world;
  const best = new BestSlates(plan, world.scalarState!() as ScalarStateModel, slateSize);
  const noWords = new WordSource({ key0: 0, key1: 0 }, POLICY_STREAM, 0); // a mix draws nothing
  const fill = ({ episode }: ActiveUser<T>, step: number): readonly number[] => {
    const documents = episode.documents.map((document) => world.rank!(document));
    const [[, state]] = episode.user.stateNumbers() as [readonly [string, number]];
    const mix = best.mixAt(step, state);
    if (mix !== undefined) return selectSlate(policies.mix(mix), documents, slateSize, noWords, step);
    return best.select(documents, state, step);
  };
  return { observes: false, slates: (users, step) => users.map((active) => fill(active, step)), propensity: () => 1 };
}

/** Filler of a batch policy: users at the same step are one batch. */
function batchFiller<T extends WorldTypes>(
  world: World<T>,
  policy: BatchPolicy<T["batch"]>,
  seed: string,
): SlateFiller<T> {
  const key = seedKey(seed);
  const { slateSize, numCandidates } = world;
  const check = new SlateCheck({ slateSize, numCandidates, allowRepeats: false });
  return {
    observes: true,
    slates(users, step) {
      const numbers = Uint32Array.from(users, ({ user }) => user);
      const slates = new Int32Array(users.length * slateSize);
      const view = batchView(numbers, step, observeAll(world, users, step), key);
      const propensities = fillSlates(policy, view, slates, check);
      return users.map((active, index) => {
        active.policyState = propensities[index];
        return Array.from(slates.subarray(index * slateSize, (index + 1) * slateSize));
      });
    },
    propensity: ({ policyState }) => recordedPropensity(policyState as number),
  };
}

/** Returns the world's observation of many users at once. Default: a list of those of their environments. */
function observeAll<T extends WorldTypes>(world: World<T>, users: readonly ActiveUser<T>[], step: number): T["batch"] {
  return world.observeBatch?.(users) ?? users.map((active) => observe(world, active, step));
}

/** Filler of an agent policy: an agent for each user. */
function agentFiller<T extends WorldTypes>(
  world: World<T>,
  { name, createAgent }: AgentPolicy<T>,
  seed: string,
): SlateFiller<T> {
  const spaces = { observationSpace: observationSpace(world), actionSpace: slateSpace(world) };
  const nextSlate = (active: ActiveUser<T>, observation: ObservationOf<T>): ArrayLike<number> => {
    const known = active.policyState as EpisodicAgent<ObservationOf<T>> | undefined;
    if (known !== undefined) return known.step(active.reward, observation);
    const made = createAgent(spaces, { seed, firstEpisode: active.user });
    refuse([noAgentMistake("createAgent", made, EPISODE_METHODS)]);
    const agent = forPlainObservations(made);
    active.policyState = agent;
    return agent.beginEpisode(observation);
  };
  const fill = (active: ActiveUser<T>, step: number): readonly number[] => {
    const observation = observe(world, active, step);
    let slate: ArrayLike<number>;
    try {
      slate = nextSlate(active, observation); // no closure, which would take longer than the call
    } catch (error) {
      throw failureOf(`policy "${name}"`, step, `user ${active.user}`, error);
    }
    try {
      return spaces.actionSpace.read(slate); // a copy: an agent may reuse one list for all users, who take their steps afterwards
    } catch (error) {
      throw slateFailure(`policy "${name}" at step ${step} for user ${active.user}`, error as InvalidInput);
    }
  };
  return {
    observes: true,
    slates: (users, step) => users.map((active) => fill(active, step)),
    propensity: ({ user, policyState }, step) =>
      callPolicy(name, step, `user ${user}`, () => statedPropensity(policyState as EpisodicAgent<never>, user, step)),
    end: (users, step) =>
      users.forEach((active) => {
        const observation = observe(world, active, step);
        const agent = active.policyState as EpisodicAgent<ObservationOf<T>> | undefined;
        const endEpisode = (): void => agent?.endEpisode(active.reward, observation);
        callPolicy(name, step, `user ${active.user}`, endEpisode);
      }),
  };
}

function slateSpace({ slateSize, numCandidates }: World): Slate {
  return new Slate({ slateSize, numCandidates, allowRepeats: false });
}

/** Returns the observation of a user who has taken `step` steps. */
function observe<T extends WorldTypes>(
  world: World<T>,
  { user, episode, responses }: ActiveUser<T>,
  step: number,
): ObservationOf<T> {
  try {
    return episode.observe(responses);
  } catch (error) {
    throw failureOf(`world "${world.scenario}"`, step, `user ${user}`, error);
  }
}

/** Adds to the errors of a slate whose it is. */
function slateFailure(whose: string, { errors }: InvalidInput): InvalidInput {
  return new InvalidInput(errors.map((mistake) => `${whose}: ${mistake}`));
}
