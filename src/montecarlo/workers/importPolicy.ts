import { watchCode, whenNothingIsLeft } from "#codeWatch";
import { expectedMistake } from "../../check/mistakes.js";
import { reasonOf } from "../../check/reasonOf.js";
import { refuse } from "../../check/refuse.js";
import { showValue } from "../../check/showValue.js";
import { isAgentPolicy, isBatchPolicy, type LtsRunPolicy } from "../runPolicy.js";

/** Where a policy in TypeScript comes from, so that a worker can get it from there too. */
export interface PolicyOrigin {
  readonly url: string;
  /** Of the module's export. */
  readonly name: string;
}

type ModulePolicy = Exclude<LtsRunPolicy, { rule: unknown }>;

const origins = new WeakMap<object, PolicyOrigin>();

/** What a module did wrong after it was loaded, outside of any call, by its address. */
const strays = new Map<string, Error>();

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

/** Takes note that a policy comes from where another one does. */
export function shareOrigin(policy: object, from: object): void {
  const origin = origins.get(from);
  if (origin !== undefined) origins.set(policy, origin);
}

/** What the policy's module did wrong since it was loaded; told once. */
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
    await watch.settle();
    const stray = strays.get(url);
    strays.delete(url);
    if (stray !== undefined) throw stray.cause;
    return loaded;
  } catch (error) {
    refuse([`${expectedMistake("policy module", "a module that can be loaded", url)}: ${reasonOf(error)}`]);
    throw error;
  } finally {
    watch.end();
  }
}

/** A module may wait for what never comes. */
function importOrGiveUp(url: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const stop = whenNothingIsLeft(() => reject(new Error("it waits for what never comes")));
    import(/* @vite-ignore */ /* webpackIgnore: true */ url).then(resolve, reject).finally(stop);
  });
}
