import { expectedMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import { isAgentPolicy, isBatchPolicy, type LtsRunPolicy } from "../runPolicy.js";

/** Where a policy in TypeScript comes from, so that a worker can get it from there too. */
export interface PolicyOrigin {
  readonly url: string;
  /** Of the module's export. */
  readonly name: string;
}

type ModulePolicy = Exclude<LtsRunPolicy, { rule: unknown }>;

const origins = new WeakMap<object, PolicyOrigin>();

/**
 * The batch policy or agent policy that a module exports under a name. Unlike one that is handed over as a value it can be
 * lived by workers, each of which loads the module for itself. `url` is absolute, as `new URL("policy.js", import.meta.url)`
 * makes it. Rejects with `InvalidInput`.
 */
export async function importPolicy(url: string | URL, name = "default"): Promise<ModulePolicy> {
  const exported = (await load(String(url)))[name];
  const policy = typeof exported === "object" && exported !== null ? exported : {};
  if (!isBatchPolicy(policy) && !isAgentPolicy(policy)) {
    const rule = `"${name}" to be a batch policy (an object with name and fillSlates) or an agent policy`;
    refuse([expectedMistake(String(url), rule, exported)]);
  }
  origins.set(policy, { url: String(url), name });
  return policy as ModulePolicy;
}

export function originOf(policy: object): PolicyOrigin | undefined {
  return origins.get(policy);
}

async function load(url: string): Promise<Record<string, unknown>> {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ url)) as Record<string, unknown>;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    refuse([`${expectedMistake("policy module", "a module that can be loaded", url)}: ${reason}`]);
    throw error;
  }
}
