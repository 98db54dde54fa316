import { episodeLearnerMistake } from "../agents/episodeLearners.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { shareOrigin } from "../modules/origins.js";
import type { AgentPolicy } from "../world/policy.js";
import type { WorldTypes } from "../world/worldTypes.js";

/**
 * Lets agents fill the slates of a run: `createAgent` makes one for every user, from the spaces and from where to draw (the options
 * `seed` and `firstEpisode` of agents that draw). An agent that draws from nothing else gives every user the same episode in
 * all runs. Throws `InvalidInput`, also for agents that learn from whole episodes, of which each would have one only: train those
 * (`TrainRunner`, `replicate`), and let `createAgent` restore a snapshot in `evalMode`.
 */
export function agentPolicy<T extends WorldTypes>(
  name: string,
  createAgent: AgentPolicy<T>["createAgent"],
): AgentPolicy<T> {
  refuse([
    typeof name === "string" && name !== "" ? undefined : expectedMistake("name", "a text that is not empty", name),
    typeof createAgent === "function" ? undefined : expectedMistake("createAgent", "a function", createAgent),
    episodeLearnerMistake("createAgent", createAgent),
  ]);
  const policy = Object.freeze({ name, createAgent });
  shareOrigin(policy, createAgent);
  return policy;
}
