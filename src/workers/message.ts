import { parsePolicy } from "../policies/parsePolicy.js";
import type { Parameters } from "../worlds/longTermSatisfaction/parameters.js";
import { createWorld, LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { isAgentPolicy, isBatchPolicy, type Engine, type RunPolicy } from "../policies/runPolicy.js";
import type { Contender, Study } from "../studies/study.js";
import { importPolicy, originOf, type PolicyOrigin } from "../policies/importPolicy.js";

/** A study as it travels to a worker: names and numbers, no functions. */
export interface StudyMessage extends Omit<Study, "contenders"> {
  readonly contenders: readonly {
    readonly scenario: string;
    readonly parameters: Parameters;
    readonly policy: string | PolicyOrigin;
    readonly engine: Engine;
  }[];
}

/** Undefined for a study that cannot travel: own worlds, and policies in TypeScript that no module is known for. */
export function messageOf({ contenders, ...rest }: Study): StudyMessage | undefined {
  const sent = contenders.map(({ world, policy, engine }) => {
    const name = nameOf(policy);
    if (!(world instanceof LongTermSatisfactionWorld) || name === undefined) return undefined;
    return { scenario: world.scenario, parameters: world.parameters, policy: name, engine };
  });
  return sent.every((contender) => contender !== undefined) ? { ...rest, contenders: sent } : undefined;
}

/** The study that the message was made from. */
export async function studyOf({ contenders, ...rest }: StudyMessage): Promise<Study> {
  const received = contenders.map(async ({ scenario, parameters, policy, engine }): Promise<Contender> => {
    const found = typeof policy === "string" ? parsePolicy(policy) : await importPolicy(policy.url, policy.name);
    return { world: createWorld(scenario, parameters), policy: found, engine };
  });
  return { ...rest, contenders: await Promise.all(received) };
}

function nameOf(policy: RunPolicy): string | PolicyOrigin | undefined {
  return isBatchPolicy(policy) || isAgentPolicy(policy) ? originOf(policy) : policy.name;
}
