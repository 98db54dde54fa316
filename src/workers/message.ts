import { importAgent } from "../agents/importAgent.js";
import type { Engine } from "../engines/openEngine.js";
import { originOf, type ModuleOrigin } from "../modules/origins.js";
import { agentPolicy } from "../policies/agentPolicy.js";
import { importPolicy } from "../policies/importPolicy.js";
import { parsePolicy } from "../policies/parsePolicy.js";
import { planned } from "../policies/policies.js";
import type { Study, StudyVariant } from "../studies/study.js";
import { isAgentPolicy, isBatchPolicy, type RunPolicy } from "../world/policy.js";
import { registerPlan, type SlatePlan } from "../world/slatePlan.js";
import { receivedWorld, sentWorld, worldForThread, type SentWorld } from "./sentWorld.js";

/** A built-in policy by its name or plan, a policy by its module, or the policy that `agentPolicy` makes of a module's agent. */
type SentPolicy = string | SlatePlan | ModuleOrigin | { readonly agent: ModuleOrigin; readonly name: string };

/** A serialised study: names and numbers, no functions. */
export interface StudyMessage extends Omit<Study, "variants" | "metrics"> {
  readonly variants: readonly { readonly world: SentWorld; readonly policy: SentPolicy; readonly engine: Engine }[];
}

/** Serialises a study for a thread of this process; undefined if it has functions of the caller that cannot be sent to one. */
export async function messageForThread(study: Study): Promise<StudyMessage | undefined> {
  return messageOf(study, await Promise.all(study.variants.map(({ world }) => worldForThread(world))));
}

/** Serialises a study; undefined if it has functions of the caller that no known module exports. `worlds`: those of the variants, serialised. */
export function messageOf(
  { variants, metrics, ...rest }: Study,
  worlds: readonly (SentWorld | undefined)[] = variants.map(({ world }) => sentWorld(world)),
): StudyMessage | undefined {
  const sent = variants.map((variant, place) => {
    const [world, policy] = [worlds[place], sentPolicy(variant.policy)];
    return world === undefined || policy === undefined ? undefined : { world, policy, engine: variant.engine };
  });
  const complete = metrics.length === 0 && sent.every((variant) => variant !== undefined);
  return complete ? { ...rest, variants: sent } : undefined;
}

/** Deserialises a study. Rejects with `InvalidInput` if a module does not load, or exports another world than it did. */
export async function studyOf({ variants, ...rest }: StudyMessage): Promise<Study> {
  const received = variants.map(async ({ world, policy, engine }): Promise<StudyVariant> => {
    return { world: await receivedWorld(world), policy: await policyOf(policy), engine };
  });
  return { ...rest, metrics: [], variants: await Promise.all(received) };
}

/** Returns the message with another address for every module in it. */
export function withModules(message: StudyMessage, addressOf: (url: string) => string): StudyMessage {
  const moved = ({ url, name }: ModuleOrigin): ModuleOrigin => ({ url: addressOf(url), name });
  const movedPolicy = (policy: SentPolicy): SentPolicy => {
    if (typeof policy === "string" || "tables" in policy) return policy;
    return "agent" in policy ? { ...policy, agent: moved(policy.agent) } : moved(policy);
  };
  const variants = message.variants.map(({ world, policy, engine }) => ({
    world: "module" in world ? { ...world, module: moved(world.module) } : world,
    policy: movedPolicy(policy),
    engine,
  }));
  return { ...message, variants };
}

function sentPolicy(policy: RunPolicy): SentPolicy | undefined {
  if (!isBatchPolicy(policy) && !isAgentPolicy(policy)) return policy.plan ?? policy.name;
  const agent = originOf("agent", policy);
  return agent === undefined ? originOf("policy", policy) : { agent, name: policy.name };
}

async function policyOf(sent: SentPolicy): Promise<RunPolicy> {
  if (typeof sent === "string") return parsePolicy(sent);
  if ("url" in sent) return (await importPolicy(sent.url, sent.name)) as RunPolicy;
  if ("agent" in sent) return agentPolicy(sent.name, await importAgent(sent.agent.url, sent.agent.name));
  return planned(registerPlan(sent));
}
