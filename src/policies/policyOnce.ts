import type { CreateAgent } from "../agents/agent.js";
import { isEpisodeLearner, learnsFromEpisodes } from "../agents/episodeLearners.js";
import { reading } from "../check/readOnce.js";
import { shareOrigin } from "../modules/origins.js";
import type { RunPolicy } from "../world/policy.js";

const PARTS = ["name", "rule", "fromTop", "fillSlates", "createAgent", "plan"] as const;

type Method = (...given: readonly unknown[]) => unknown;

/**
 * Reads a policy once: its name, and its function, bound to it. Throws `InvalidInput` for a policy that cannot be read; returns anything
 * else unchanged, for the caller to refuse.
 */
export function policyOnce<Given extends RunPolicy>(field: string, given: Given): Given {
  if (typeof given !== "object" || given === null) return given;
  const [name, rule, fromTop, fillSlates, createAgent, plan, by] = reading(
    field,
    "a policy that can be read",
    given,
    () => [...PARTS.map((each): unknown => Reflect.get(given, each)), orderOnce(Reflect.get(given, "by"))],
  );
  const bound = (method: unknown): Method => (method as Method).bind(given);
  if (typeof fillSlates === "function") return known({ name, fillSlates: bound(fillSlates) }, given);
  if (typeof createAgent === "function") {
    const create = learnsFromEpisodes(bound(createAgent) as unknown as CreateAgent, isEpisodeLearner(createAgent));
    return known({ name, createAgent: create }, given);
  }
  const more = { ...(plan !== undefined && { plan }), ...(rule === "mix" && by !== undefined && { by }) };
  return rule === undefined ? given : known({ name, rule, fromTop, ...more }, given);
}

function orderOnce(by: unknown): unknown {
  return typeof by === "object" && by !== null ? { field: Reflect.get(by, "field") as unknown } : by;
}

function known<Given extends object>(policy: object, given: Given): Given {
  shareOrigin(policy, given);
  return policy as Given;
}
