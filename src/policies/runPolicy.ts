import { expectedMistake } from "../check/mistakes.js";
import type { LtsBatchObservation } from "../worlds/longTermSatisfaction/kernel/kernelBatch.js";
import { policyMistakes } from "./parsePolicy.js";
import { RULES, type Policy } from "./policy.js";
import type { CorpusDocument } from "../worlds/longTermSatisfaction/parameters.js";
import type { LtsResponse, LtsUser } from "../worlds/longTermSatisfaction/shownLife.js";
import { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import type { World } from "../world/world.js";
import type { AgentPolicy, SeenOf } from "./agentPolicy.js";
import type { BatchPolicy } from "./batchPolicy.js";

/** What fills slates in the long-term satisfaction world. */
export type LtsRunPolicy =
  | Policy
  | BatchPolicy<LtsBatchObservation>
  | AgentPolicy<LtsUser, CorpusDocument, LtsResponse>;

/** What fills them in any other world; of the built-in policies only "first" and "random", which do not look. */
export type OwnRunPolicy<User = unknown, Shown = unknown, Response = unknown> =
  | Policy
  | BatchPolicy<readonly SeenOf<User, Shown, Response>[]>
  | AgentPolicy<User, Shown, Response>;

/** What fills them in a world of that type: one signature for all worlds, so that a mistake is told once. */
export type RunPolicyIn<W extends World> = [W] extends [never]
  ? RunPolicy
  : W extends LongTermSatisfactionWorld
    ? LtsRunPolicy
    : W extends World<infer User, infer Shown, infer Response>
      ? OwnRunPolicy<User, Shown, Response>
      : never;

/** Any of them, before it is known whose. */
export type RunPolicy = Policy | BatchPolicy<never> | AgentPolicy<never, never, never>;

export const ENGINES = ["kernel", "reference"] as const;
/** "kernel": WebAssembly. "reference": the same lives in plain TypeScript, bit for bit, some fifty times slower (`npm run bench`). */
export type Engine = (typeof ENGINES)[number];

export function isBatchPolicy(policy: object): policy is BatchPolicy<never> {
  return typeof Reflect.get(policy, "fillSlates") === "function";
}

export function isAgentPolicy(policy: object): policy is AgentPolicy<never, never, never> {
  return typeof Reflect.get(policy, "createAgent") === "function";
}

/** The engines that can live a policy in a world, the usual one first. Agents and own worlds are TypeScript through and through. */
export function enginesFor(world: World, policy: RunPolicy): readonly Engine[] {
  if (!(world instanceof LongTermSatisfactionWorld) || isAgentPolicy(policy)) return ["reference"];
  return isBatchPolicy(policy) ? ["kernel"] : ENGINES;
}

/** Whose code of the caller's own is called when that policy is lived in that world; undefined if nobody's. */
export function callersCode(world: World, policy: RunPolicy): string | undefined {
  if (isBatchPolicy(policy) || isAgentPolicy(policy)) return `policy "${policy.name}"`;
  return world instanceof LongTermSatisfactionWorld ? undefined : `world "${world.scenario}"`;
}

/** What is wrong with a policy for a run in that world. */
export function runPolicyMistakes(world: World, policy: RunPolicy): string[] {
  if (typeof policy !== "object" || policy === null) return [strangeMistake(policy)];
  const own = isBatchPolicy(policy) || isAgentPolicy(policy);
  if (!own && !RULES.includes(policy.rule)) return [strangeMistake(policy)];
  const named = typeof policy.name === "string" && policy.name !== "";
  if (!named) return [expectedMistake("policy.name", "a text that is not empty", policy.name)];
  if (own) return [];
  if (world instanceof LongTermSatisfactionWorld) return policyMistakes(policy, world.slateSize);
  if (policy.rule !== "mix") return [];
  const rule = '"first", "random", a batch policy or an agent policy in a world without educativeness';
  return [expectedMistake("policy", rule, policy.name)];
}

function strangeMistake(policy: unknown): string {
  return expectedMistake("policy", "one made by `policies`, `parsePolicy` or `agentPolicy`, or a batch policy", policy);
}
