import { makeEnv, trace, type BuiltInPolicy, type BuiltInWorld } from "../index.js";
import type { ReadyExperiment } from "./experiment.js";

/** An episode of a built-in world. */
export type Episode = ReturnType<typeof episodeOf>;

/** A user's episode under a policy: the one that is inside the comparison. */
export function episodeOf({ world, seed }: ReadyExperiment, policy: BuiltInPolicy, user: number) {
  return trace(world, policy, { user, seed });
}

/** What an episode would have been with another slate at one step. */
export interface Fork {
  /** Rewards from that step on, of the episode and of the fork. */
  readonly rewards: readonly number[];
  readonly forkedRewards: readonly number[];
}

/**
 * Goes through an episode once more, shows another slate at one step, and then the episode's own slates: all noise stays the same. The
 * built-in policies do not look at the user, so their later slates would be the same.
 */
export async function forkEpisode(
  world: BuiltInWorld,
  episode: Episode,
  step: number,
  slate: readonly number[],
): Promise<Fork> {
  const env = await makeEnv(world, { seed: episode.seed });
  env.reset({ user: episode.user });
  for (const before of episode.steps.slice(0, step)) env.step(before.slate);
  const slates = episode.steps.slice(step + 1).map((after) => after.slate);
  const forkedRewards = [slate, ...slates].map((shown) => env.step(shown).reward);
  return { rewards: episode.steps.slice(step).map(({ reward }) => reward), forkedRewards };
}
