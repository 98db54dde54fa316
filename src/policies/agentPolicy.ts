import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Env } from "../env/env.js";
import type { Episode } from "../world/episode.js";

/** What a user's environment shows. */
export type SeenOf<User, Shown, Response> = ReturnType<Episode<User, Shown, Response>["observe"]>;

/** What a run asks of an agent; every `Agent` has it. */
export interface EpisodicAgent<Seen> {
  beginEpisode(observation: Seen): ArrayLike<number>;
  step(reward: number, observation: Seen): ArrayLike<number>;
  endEpisode(reward: number, observation: Seen): void;
}

/** Where a user's agent finds its draws: under the run's seed, with the user's number in the episode's place. */
export interface AgentSeed {
  readonly seed: string;
  readonly firstEpisode: number;
}

/** An agent of its own for every user: what it learns of one user it forgets with it. */
export interface AgentPolicy<User = unknown, Shown = unknown, Response = unknown> {
  /** How reports call it. */
  readonly name: string;
  readonly createAgent: (
    spaces: Pick<Env<User, Shown, Response>, "observationSpace" | "actionSpace">,
    seed: AgentSeed,
  ) => EpisodicAgent<SeenOf<User, Shown, Response>>;
}

/**
 * Lets agents fill the slates of a run: `createAgent` makes one for every user, and is told the spaces and where to draw
 * (the options `seed` and `firstEpisode` of agents that draw). An agent that draws from nothing else lives every user's
 * life the same way in all runs. Throws `InvalidInput`.
 */
export function agentPolicy<User, Shown, Response>(
  name: string,
  createAgent: AgentPolicy<User, Shown, Response>["createAgent"],
): AgentPolicy<User, Shown, Response> {
  refuse([
    typeof name === "string" && name !== "" ? undefined : expectedMistake("name", "a text that is not empty", name),
    typeof createAgent === "function" ? undefined : expectedMistake("createAgent", "a function", createAgent),
  ]);
  return Object.freeze({ name, createAgent });
}
