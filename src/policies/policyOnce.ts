import type { CreateAgent } from "../agents/agent.js";
import { isEpisodeLearner, learnsFromEpisodes } from "../agents/episodeLearners.js";
import { reading } from "../check/readOnce.js";
import { shareOrigin } from "../modules/origins.js";
import type { RunPolicy } from "../world/policy.js";

type Method = (...given: readonly unknown[]) => unknown;

/**
 * Reads a policy once: its name, and its function, bound to it. Throws `InvalidInput` for a policy that cannot be read; returns anything
 * else unchanged, for the caller to refuse.
 */
export function policyOnce<Given extends RunPolicy>(field: string, given: Given): Given {
  if (typeof given !== "object" || given === null) return given;
  const [name, rule, fromTop, fillSlates, createAgent, plan] = reading(field, "a policy that can be read", given, () =>
    ["name", "rule", "fromTop", "fillSlates", "createAgent", "plan"].map((each): unknown => Reflect.get(given, each)),
  );
  const bound = (method: unknown): Method => (method as Method).bind(given);
  if (typeof fillSlates === "function") return known({ name, fillSlates: bound(fillSlates) }, given);
  if (typeof createAgent === "function") {
    const create = learnsFromEpisodes(bound(createAgent) as unknown as CreateAgent, isEpisodeLearner(createAgent));
    return known({ name, createAgent: create }, given);
  }
  return rule === undefined ? given : known({ name, rule, fromTop, ...(plan !== undefined && { plan }) }, given);
}

function known<Given extends object>(policy: object, given: Given): Given {
  shareOrigin(policy, given);
  return policy as Given;
}
