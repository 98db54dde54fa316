import type { RunPolicy, World } from "../index.js";
import { policies } from "../policies/policies.js";
import { list, type FlagValues } from "./flag.js";
import { isSolved, POLICIES, SOLVED_POLICIES } from "./flags.js";
import { readAgentPolicy, readPolicyModule } from "./readModule.js";
import { readPolicy } from "./request.js";

const DEFAULT = "random and every mix; random and first in a world without a ranking";

/** Policies of the commands that take several; `readPolicies` reads them. */
export const policyListFlags = {
  policy: list("--policy NAME", `Compare policy NAME: ${POLICIES}, ${SOLVED_POLICIES.join(", ")}.`)
    .default(undefined, DEFAULT)
    .standsFor("policies", "policies.name"),
  policyModule: list(
    "--policy-module FILE#EXPORT",
    "Compare the batch or agent policy EXPORT of module FILE; FILE alone stands for its default export.",
  ).standsFor("policy module"),
  agentModule: list(
    "--agent-module FILE#EXPORT",
    "Compare agents, one for each user, that the function EXPORT of module FILE creates; FILE alone stands for its default export.",
  ).standsFor("agent module"),
};

/** Returns the policies in the order of their flags, by name first; without any, the default ones. `unsolved` take a solution. */
export async function readPolicies(
  values: FlagValues<typeof policyListFlags>,
  world: World | undefined,
  unsolved: Readonly<Record<string, RunPolicy>> | undefined,
  mistakes: string[],
): Promise<(RunPolicy | undefined)[]> {
  const named = values.policy.map((name) =>
    unsolved !== undefined && isSolved(name) ? unsolved[name] : readPolicy(name, mistakes),
  );
  const imported = await Promise.all([
    ...values.policyModule.map((module) => readPolicyModule(module, mistakes)),
    ...values.agentModule.map((module) => readAgentPolicy(module, mistakes)),
  ]);
  return named.length + imported.length === 0 ? defaultPolicies(world) : [...named, ...imported];
}

/** Returns the names of the policies that are compared by name, the default ones too. */
export function effectivePolicies(
  { policy, policyModule, agentModule }: FlagValues<typeof policyListFlags>,
  world: World,
): readonly string[] | undefined {
  if (policy.length > 0) return policy;
  return policyModule.length + agentModule.length > 0 ? undefined : defaultPolicies(world).map(({ name }) => name);
}

function defaultPolicies(world: World | undefined): RunPolicy[] {
  if (world !== undefined && world.rank === undefined) return [policies.random(), policies.first()];
  const mixes = Array.from({ length: (world?.slateSize ?? 0) + 1 }, (_, m) => policies.mix(m));
  return [policies.random(), ...mixes];
}
