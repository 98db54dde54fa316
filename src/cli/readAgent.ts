import { parseAgent } from "../agents/parseAgent.js";
import { expectedMistake } from "../check/mistakes.js";
import type { CreateAgent } from "../index.js";
import { collectErrors } from "./collectErrors.js";
import { exportName, readAgentModule } from "./readModule.js";

/** The agent that trains where no other is named. */
export const DEFAULT_AGENT = "value-learner";

/** An agent's name in results, and a maker of it. */
export interface NamedAgent {
  readonly agent: string;
  /** Creates it with the command's seed. */
  readonly createAgent: CreateAgent;
  /** Creates it with whatever options. */
  readonly create: CreateAgent;
}

interface AgentFlags {
  readonly agent: string | undefined;
  readonly agentModule: string | undefined;
  readonly seed: string;
  readonly evalMode?: boolean;
}

/** Reads the agent of a command, by name or from a module. Under `evalMode` it learns nothing. */
export async function readAgent(
  { agent: name, agentModule: module, seed, evalMode = false }: AgentFlags,
  mistakes: string[],
): Promise<NamedAgent | undefined> {
  if (module !== undefined && name !== undefined)
    mistakes.push(expectedMistake("--agent", "nothing beside --agent-module", name));
  const agent = module === undefined ? (name ?? DEFAULT_AGENT) : exportName(module);
  const create =
    module === undefined ? collectErrors(mistakes, () => parseAgent(agent)) : await readAgentModule(module, mistakes);
  return create && { agent, create, createAgent: (spaces) => create(spaces, { seed, evalMode }) };
}
