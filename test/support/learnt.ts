// Agents that have learnt, as policies that learn no more.
import fc from "fast-check";
import { expect } from "vitest";
import {
  agentPolicy,
  compare,
  makeEnv,
  makeWorld,
  policies,
  type AgentPolicy,
  type BuiltInWorld,
  type CreateAgent,
  type Json,
} from "../../src/index.js";
import { play } from "./playing.js";

/** A policy of agents that act as the one of the snapshot, and learn nothing. */
export function learntPolicy(create: CreateAgent, snapshot: Json): AgentPolicy {
  return agentPolicy("learnt", (spaces, options) => {
    const agent = create(spaces, { ...options, evalMode: true });
    agent.restore(snapshot);
    return agent;
  });
}

/** How much more than the best fixed mix, of that many documents from the top, the policy brings a user, and the standard error. */
export async function gainOver(world: BuiltInWorld, fromTop: number, policy: AgentPolicy, users: number) {
  const rivals = [policies.mix(fromTop), policy as AgentPolicy<never>];
  const { pairs } = await compare(world, rivals as never, { users, estimator: "expected", seed: "judge" });
  const { mean, standardError } = pairs[0]!.difference;
  return { mean, standardError };
}

/** Expects agents that are restored, after up to so many steps, to go on for up to so many as the ones whose snapshots they have. */
export async function goesOnFromSnapshots(create: CreateAgent, mostBefore: number, mostAfter: number): Promise<void> {
  const world = makeWorld("lts-tradeoff", { timeBudget: 4 });
  const property = fc.asyncProperty(
    fc.integer({ min: 0, max: mostBefore }),
    fc.integer({ min: 1, max: mostAfter }),
    async (before, after) => {
      const env = await makeEnv(world);
      const one = create(env);
      await play(one, env, before);
      const other = create(env);
      other.restore(JSON.parse(JSON.stringify(one.snapshot())) as Json);
      const same = await makeEnv(world, { user: before });
      expect(await play(other, same, after)).toEqual(await play(one, env, after));
      expect(other.snapshot()).toEqual(one.snapshot());
    },
  );
  await fc.assert(property, { numRuns: 8 });
}
