import type { Engine } from "../engines/openEngine.js";
import { importPolicy, originOf, type PolicyOrigin } from "../policies/importPolicy.js";
import { planned } from "../policies/policies.js";
import { parsePolicy } from "../policies/parsePolicy.js";
import type { Study, StudyVariant } from "../studies/study.js";
import { isAgentPolicy, isBatchPolicy, type RunPolicy } from "../world/policy.js";
import { registerPlan, type SlatePlan } from "../world/slatePlan.js";
import type { World } from "../world/world.js";
import { restoreWorld } from "../worlds/scenarios.js";

/** A serialised study: names and numbers, no functions. */
export interface StudyMessage extends Omit<Study, "variants" | "metrics"> {
  readonly variants: readonly {
    readonly scenario: string;
    readonly parameters: unknown;
    readonly policy: string | PolicyOrigin | SlatePlan;
    readonly engine: Engine;
  }[];
}

/** Serialises a study; undefined if it has functions of the caller that no known module exports. */
export function messageOf({ variants, metrics, ...rest }: Study): StudyMessage | undefined {
  const sent = variants.map(({ world, policy, engine }) => {
    const name = nameOf(policy);
    if (world.userDefined || name === undefined) return undefined;
    return { scenario: world.scenario, parameters: world.parameters, policy: name, engine };
  });
  const complete = metrics.length === 0 && sent.every((variant) => variant !== undefined);
  return complete ? { ...rest, variants: sent } : undefined;
}

/** Deserialises a study. */
export async function studyOf({ variants, ...rest }: StudyMessage): Promise<Study> {
  const received = variants.map(async ({ scenario, parameters, policy, engine }): Promise<StudyVariant> => {
    return { world: restoreWorld(scenario, parameters) as World, policy: await policyOf(policy), engine };
  });
  return { ...rest, metrics: [], variants: await Promise.all(received) };
}

async function policyOf(sent: string | PolicyOrigin | SlatePlan): Promise<RunPolicy> {
  if (typeof sent === "string") return parsePolicy(sent);
  if ("url" in sent) return (await importPolicy(sent.url, sent.name)) as RunPolicy;
  return planned(registerPlan(sent));
}

/** Returns what stands for a policy in a message. */
function nameOf(policy: RunPolicy): string | PolicyOrigin | SlatePlan | undefined {
  return isBatchPolicy(policy) || isAgentPolicy(policy) ? originOf(policy) : (policy.plan ?? policy.name);
}
