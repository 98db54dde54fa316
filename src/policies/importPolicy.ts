import { watchCode, whenNothingIsLeft } from "#codeWatch";
import { expectedMistake } from "../check/mistakes.js";
import { reasonOf } from "../check/reasonOf.js";
import { reading } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import { isAgentPolicy, isBatchPolicy, type AgentPolicy, type BatchPolicy } from "../world/policy.js";

/** Module and export of a policy in TypeScript, from which a worker loads it, too. */
export interface PolicyOrigin {
  readonly url: string;
  /** Name of the module's export. */
  readonly name: string;
}

/** A policy from a module, for any world: of what types it is made, a module does not say. */
export type ModulePolicy = BatchPolicy<never> | AgentPolicy<never>;

const origins = new WeakMap<object, PolicyOrigin>();

/** Errors of a module after it was loaded, outside of any call, by its address. */
const strays = new Map<string, Error>();

/**
 * The batch policy or agent policy that a module exports under a name. Unlike one that is handed over as a value it can be
 * called in workers, each of which loads the module for itself. `url` is absolute, as `new URL("policy.js", import.meta.url)`
 * makes it. Rejects with `InvalidInput`.
 */
export async function importPolicy(url: string | URL, name = "default"): Promise<ModulePolicy> {
  const address = addressOf(url);
  refuse([
    address === undefined ? expectedMistake("url", "an absolute address, as a text or a URL", url) : undefined,
    typeof name === "string" ? undefined : expectedMistake("name", "the name of an export", name),
  ]);
  const exported = (await load(address!))[name];
  const legal = reading(address!, `"${name}" to be a policy that can be read`, exported, () => {
    return typeof exported === "object" && exported !== null && (isBatchPolicy(exported) || isAgentPolicy(exported));
  });
  if (!legal) {
    const rule = `"${name}" to be a batch policy (an object with name and fillSlates) or an agent policy`;
    refuse([expectedMistake(address!, rule, exported)]);
  }
  origins.set(exported as object, { url: address!, name });
  return exported as ModulePolicy;
}

/** Returns an absolute address; undefined for anything else, also for what only has the prototype of a URL. */
function addressOf(url: unknown): string | undefined {
  try {
    if (typeof url === "string") return URL.canParse(url) ? url : undefined;
    return url instanceof URL ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export function originOf(policy: object): PolicyOrigin | undefined {
  return origins.get(policy);
}

/** Records that a policy has the origin of another one. */
export function shareOrigin(policy: object, from: object): void {
  const origin = origins.get(from);
  if (origin !== undefined) origins.set(policy, origin);
}

/** Returns the error of the policy's module since it was loaded; once only. */
export function takeStray(policy: object): Error | undefined {
  const url = originOf(policy)?.url;
  if (url === undefined) return undefined;
  const stray = strays.get(url);
  strays.delete(url);
  return stray;
}

async function load(url: string): Promise<Record<string, unknown>> {
  const watch = watchCode((failure) => strays.set(url, failure), true);
  try {
    const loaded = await watch.call(`policy module ${showValue(url)}`, () => importOrGiveUp(url));
    await watch.flush();
    if (strays.has(url)) throw strays.get(url)!;
    return loaded;
  } catch (error) {
    const reason = strays.get(url)?.cause ?? error; // an error meanwhile is why the module does not load
    strays.delete(url);
    refuse([`${expectedMistake("policy module", "a module that can be loaded", url)}: ${reasonOf(reason)}`]);
    throw error;
  } finally {
    watch.end();
  }
}

/** Imports a module; rejects if it waits for an event that cannot occur. */
function importOrGiveUp(url: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const stop = whenNothingIsLeft(() => reject(new Error("it waits for what never comes")));
    import(/* @vite-ignore */ /* webpackIgnore: true */ url).then(resolve, reject).finally(stop);
  });
}
