import { sourceOf, type ModuleKind } from "../modules/origins.js";
import { isAgentPolicy, isBatchPolicy, type RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import { changesOf, type WorldChanges } from "../worlds/compiled/changedWorld.js";
import { tableMistake } from "../worlds/scenarios.js";

/** Parts of a lock that may be code of the caller. */
export type LockedPart = "world" | "policy";

/** Fields of a lock that say where its world and its policy come from, if they are not built in. */
export interface LockSources {
  /**
   * Module that a custom world comes from, as `file:///…/worlds.js#export`; in the file as a path relative to the lock's folder, if it lies
   * at or below that folder.
   */
  readonly worldModule?: string;
  /** Values by which the world differs from the one that its module exports: see `changedWorld`. */
  readonly worldChanges?: WorldChanges;
  /** Module that a policy in TypeScript comes from, likewise. */
  readonly policyModule?: string;
  /** Module of the function that creates the agents of a policy made by `agentPolicy`, likewise. */
  readonly agentModule?: string;
  /** What was handed over as a value, which only the caller of `readLock` has: "world", "policy" or both. */
  readonly values?: readonly LockedPart[];
}

/** Names of the fields that name modules, the part of the lock that each stands for, and what a module must export. */
export const MODULE_FIELDS = [
  { field: "worldModule", part: "world", kind: "world", flag: "--world" },
  { field: "policyModule", part: "policy", kind: "policy", flag: "--policy-module" },
  { field: "agentModule", part: "policy", kind: "agent", flag: "--agent-module" },
] as const satisfies readonly {
  readonly field: Exclude<keyof LockSources, "worldChanges" | "values">;
  readonly part: LockedPart;
  readonly kind: ModuleKind;
  readonly flag: string;
}[];

/** Returns where a world and a policy come from; nothing for what a lock holds in names and numbers. */
export function sourcesOf(world: World, policy: RunPolicy): LockSources {
  const code = { world: isRestorable(world) ? undefined : world, policy: isNamed(policy) ? undefined : policy };
  const modules = MODULE_FIELDS.flatMap(({ field, part, kind }) => {
    const origin = code[part] && sourceOf(kind, code[part]);
    return origin ? [{ field, part, address: `${origin.url}#${origin.name}` }] : [];
  });
  const values = (["world", "policy"] as const).filter(
    (part) => code[part] !== undefined && modules.every((module) => module.part !== part),
  );
  const changes = modules.some(({ part }) => part === "world") ? changesOf(world) : undefined;
  return {
    ...Object.fromEntries(modules.map(({ field, address }) => [field, address])),
    ...(changes && { worldChanges: changes }),
    ...(values.length > 0 && { values }),
  };
}

/** Returns whether a scenario's name and its parameters as JSON say all about a world: not of one with a table of users. */
function isRestorable({ userDefined, parameters }: World): boolean {
  return !userDefined && tableMistake("world", parameters) === undefined;
}

/** Returns whether a name says all about a policy: for the optimal one a lock would have to hold its plan. */
function isNamed(policy: RunPolicy): boolean {
  return !isBatchPolicy(policy) && !isAgentPolicy(policy) && policy.rule !== "optimal";
}

/** Returns whether a part of a lock is code: of a module, or of the caller. */
export function isCode(sources: Readonly<Record<keyof LockSources, unknown>> | LockSources, part: LockedPart): boolean {
  const { values } = sources;
  if (Array.isArray(values) && values.includes(part)) return true;
  return MODULE_FIELDS.some((known) => known.part === part && sources[known.field] !== undefined);
}
