// Plays episodes, and agents that say what they were told or show what they were told to.
import { expect } from "vitest";
import {
  agentPolicy,
  type Agent,
  type AgentSpaces,
  type CreateAgent,
  type Environment,
  type Observation,
} from "../../src/index.js";

/** Plays whole episodes, and returns the rewards of each. */
export async function play(agent: Agent, env: Environment, episodes: number): Promise<number[][]> {
  return Array.from({ length: episodes }, () => {
    let slate = agent.beginEpisode(env.reset().observation);
    const rewards: number[] = [];
    for (;;) {
      const { reward, observation, terminated } = env.step(slate);
      rewards.push(reward);
      if (terminated) {
        agent.endEpisode(reward, observation);
        return rewards;
      }
      slate = agent.step(reward, observation);
    }
  });
}

/** An agent that shows the first candidates and tells what it was told. */
export function listener(told: unknown[]): CreateAgent {
  return ({ observationSpace }: AgentSpaces) => {
    const look = (observation: Observation, reward?: number): number[] => {
      expect(observationSpace.contains(observation)).toBe(true);
      told.push(reward);
      return [told.length % 2];
    };
    return {
      beginEpisode: (observation) => look(observation),
      step: (reward, observation) => look(observation, reward),
      endEpisode: (reward, observation) => void look(observation, reward),
      snapshot: () => null,
      restore: () => {},
    };
  };
}

/** An agent that shows these slates one after the other, and the last of them from then on. */
export function showing(...slates: readonly (readonly number[])[]): CreateAgent {
  return () => {
    let decisions = 0;
    const next = (): number[] => [...slates[Math.min(decisions++, slates.length - 1)]!];
    return { beginEpisode: next, step: next, endEpisode: () => {}, snapshot: () => null, restore: () => {} };
  };
}

/** Shows fewer documents step by step, down to none. */
export const fading = agentPolicy("fading", ({ actionSpace }) => {
  let size = actionSpace.slateSize;
  const next = (): number[] => Array.from({ length: size }, (_, slot) => slot);
  const step = (): number[] => {
    size = Math.max(0, size - 1);
    return next();
  };
  return { beginEpisode: next, step, endEpisode: () => {} };
});
