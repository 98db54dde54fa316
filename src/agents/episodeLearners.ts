import type { CreateAgent } from "./agent.js";

/** Makers of agents that learn from whole episodes: within their first one they do not change. */
const makers = new WeakSet<object>();

/** Records that the agents of a maker learn from whole episodes, and returns it. */
export function learnsFromEpisodes(create: CreateAgent, learns = true): CreateAgent {
  if (learns) makers.add(create);
  return create;
}

export function isEpisodeLearner(create: unknown): boolean {
  return typeof create === "function" && makers.has(create);
}

/** Returns the error of such a maker where every user has an agent of its own. */
export function episodeLearnerMistake(field: string, create: unknown): string | undefined {
  return isEpisodeLearner(create) ? `"${field}" expected ${RULE}` : undefined;
}

const RULE =
  "agents that learn within an episode, as every user has one of its own, got ones that learn from many: train one (`slatesim train`, " +
  "TrainRunner, replicate), and let the function restore its snapshot in evalMode";
