import { expectedMistake } from "../check/mistakes.js";
import { reading, readOnce } from "../check/readOnce.js";
import { policies } from "../policies/policies.js";
import { policyOnce } from "../policies/policyOnce.js";
import type { Solution } from "../solve/solution.js";
import type { RunPolicy } from "../world/policy.js";

/** A policy of a sweep that goes by the solution of each world: `{ name: "optimal", of: policies.optimal }`. */
export interface SolvedPolicy {
  /** The name of the policies that it makes. */
  readonly name: string;
  /** Makes the policy of a solution: `policies.optimal`, `beliefPolicy`, or a function of one's own. */
  readonly of: (solution: Solution) => RunPolicy;
}

export function isSolvedPolicy(policy: RunPolicy | SolvedPolicy): policy is SolvedPolicy {
  return typeof policy === "object" && policy !== null && "of" in policy;
}

/** Reads a policy of a sweep once; returns anything else unchanged, for the caller to refuse. */
export function sweptPolicyOnce(field: string, given: RunPolicy | SolvedPolicy): RunPolicy | SolvedPolicy {
  const solved = reading(field, "a policy that can be read", given, () => isSolvedPolicy(given));
  return solved ? readOnce(field, given as SolvedPolicy, ["name", "of"]) : policyOnce(field, given as RunPolicy);
}

/** Returns what is checked of a policy before its world is solved: all but what it makes of the solution. */
export function beforeSolving(policy: RunPolicy | SolvedPolicy): RunPolicy {
  return isSolvedPolicy(policy) ? { ...policies.first(), name: policy.name } : policy;
}

/** Returns the error of a policy that cannot be made of a solution. */
export function solvedPolicyMistake(field: string, policy: RunPolicy | SolvedPolicy): string | undefined {
  if (!isSolvedPolicy(policy) || typeof policy.of === "function") return undefined;
  return expectedMistake(`${field}.of`, "a function of a solution", policy.of);
}
