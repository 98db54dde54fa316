// Agents that have learnt, as policies that learn no more.
import {
  agentPolicy,
  compare,
  policies,
  type AgentPolicy,
  type BuiltInWorld,
  type CreateAgent,
  type Json,
} from "../../src/index.js";

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
