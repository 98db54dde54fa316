import { episodeLearnerMistake } from "../agents/episodeLearners.js";
import { expectedMistake } from "../check/mistakes.js";
import { isAgentPolicy, isBatchPolicy, RULES, type BuiltInPolicy, type RunPolicy } from "../world/policy.js";
import { isPlan } from "../world/slatePlan.js";
import type { World } from "../world/world.js";
import { countFromTop } from "./policies.js";

/** Returns the errors in a policy for a run of so many steps in that world. */
export function policyMistakes(world: World, policy: RunPolicy, steps = 1): string[] {
  if (typeof policy !== "object" || policy === null) return [strangeMistake(policy)];
  const ofCaller = isBatchPolicy(policy) || isAgentPolicy(policy);
  if (!ofCaller && !RULES.includes(policy.rule)) return [strangeMistake(policy)];
  const named = typeof policy.name === "string" && policy.name !== "";
  if (!named) return [expectedMistake("policy.name", "a text that is not empty", policy.name)];
  if (ofCaller) return callerMistakes(policy);
  if (policy.rule === "optimal") return planMistakes(world, policy, steps);
  return policy.rule === "mix" ? mixMistakes(world, policy) : [];
}

function callerMistakes(policy: RunPolicy): string[] {
  const mistake = isAgentPolicy(policy) ? episodeLearnerMistake("policy.createAgent", policy.createAgent) : undefined;
  return mistake === undefined ? [] : [mistake];
}

function planMistakes({ hash }: World, { plan }: BuiltInPolicy, steps: number): string[] {
  if (!isPlan(plan)) return [expectedMistake("policy.plan", "that of a policy made by `policies.optimal`", plan)];
  if (plan.world !== hash) return [expectedMistake("policy", `the optimal policy of the world ${hash}`, plan.world)];
  return steps > plan.steps
    ? [expectedMistake("steps", `at most ${plan.steps}, as the policy was solved for`, steps)]
    : [];
}

function mixMistakes(world: World, policy: BuiltInPolicy): string[] {
  return [orderMistake(world, policy), countMistake(world, policy)].filter((mistake) => mistake !== undefined);
}

function countMistake({ slateSize }: World, policy: BuiltInPolicy): string | undefined {
  const m = countFromTop(policy, slateSize);
  if (Number.isInteger(m) && m >= 0 && m <= slateSize) return undefined;
  const form = policy.by === undefined ? "mix(m)" : "mix(m, field)";
  return expectedMistake("policy", `${form} with an integer m in [0, ${slateSize}] (slateSize)`, policy.name);
}

/** Returns the error in what a policy ranks by. */
function orderMistake({ rank, hasScores, documentFields }: World, { name, by }: BuiltInPolicy): string | undefined {
  if (by === undefined) {
    const rule =
      '"first", "random", "greedy", a batch policy or an agent policy in a world whose documents have no rank';
    return rank === undefined ? expectedMistake("policy", rule, name) : undefined;
  }
  if (by === "score") {
    const rule = "another policy in a world whose users give no scores, as they click the first slot";
    return hasScores ? undefined : expectedMistake("policy", rule, name);
  }
  if (typeof by !== "object" || by === null) return expectedMistake("policy.by", '"score" or { field }', by);
  const { names } = documentFields;
  if (names.includes(by.field)) return undefined;
  const fields = names.length === 0 ? "there are none" : names.join(", ");
  return expectedMistake("policy", `one that ranks by a numeric field of the documents (${fields})`, name);
}

function strangeMistake(policy: unknown): string {
  return expectedMistake("policy", "one made by `policies`, `parsePolicy` or `agentPolicy`, or a batch policy", policy);
}
