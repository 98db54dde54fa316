// Agents with one fault each.
import { longTermSatisfaction, parseAgent, type Agent, type CreateAgent } from "../../src/index.js";

export const smallWorld = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 9 });

/** An agent of which one method is replaced. */
export function broken(replace: (sound: Agent) => Partial<Agent>): CreateAgent {
  return (told, options) => {
    const sound = parseAgent("cluster-bandit")(told, options);
    return {
      beginEpisode: (observation) => sound.beginEpisode(observation),
      step: (reward, observation) => sound.step(reward, observation),
      endEpisode: (reward, observation) => sound.endEpisode(reward, observation),
      snapshot: () => sound.snapshot(),
      restore: (snapshot) => sound.restore(snapshot),
      ...replace(sound),
    };
  };
}
