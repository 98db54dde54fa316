import { importExport, type ExpectedExport } from "../modules/importExport.js";
import { isAgentPolicy, isBatchPolicy, type AgentPolicy, type BatchPolicy } from "../world/policy.js";

/** A policy from a module, for any world: of what types it is made, a module does not say. */
export type ModulePolicy = BatchPolicy<never> | AgentPolicy<never>;

const expected: ExpectedExport = {
  kind: "policy",
  noun: "a policy",
  rule: "a batch policy (an object with name and fillSlates) or an agent policy",
  isLegal: (value) => typeof value === "object" && value !== null && (isBatchPolicy(value) || isAgentPolicy(value)),
};

/**
 * The batch policy or agent policy that a module exports under a name. Unlike one that is handed over as a value it can be
 * called in workers, each of which loads the module for itself. `url` is absolute, as `new URL("policy.js", import.meta.url)`
 * makes it. Rejects with `InvalidInput`.
 */
export async function importPolicy(url: string | URL, name = "default"): Promise<ModulePolicy> {
  return (await importExport(expected, url, name)) as ModulePolicy;
}
