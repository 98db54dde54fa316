// Whether an agent by name can act in a world, told before anything is simulated.
import { agentNames, makeEnv, type AgentSpaces, type Observation, type World } from "../index.js";
import { parseAgent } from "../agents/parseAgent.js";
import { showValue } from "../check/showValue.js";
import { collectErrors, collectErrorsAsync } from "./collectErrors.js";
import { DEFAULT_AGENT } from "./readAgent.js";

/** Appends an error for an agent by name that a world does not suit: what the agent lacks there, and the names of those that can act in it. */
export async function checkAgentFits(
  world: World | undefined,
  { agent, agentModule }: { readonly agent: string | undefined; readonly agentModule: string | undefined },
  mistakes: string[],
): Promise<void> {
  const name = agent ?? DEFAULT_AGENT;
  if (world === undefined || agentModule !== undefined || !agentNames.includes(name)) return; // reported, or the caller's own
  const scene = await collectErrorsAsync(mistakes, () => openScene(world));
  if (scene === undefined) return;
  const reasons = reasonsAgainst(name, scene);
  if (reasons.length === 0) return;
  const fitting = agentNames.filter((each) => reasonsAgainst(each, scene).length === 0);
  const rule = `one of ${fitting.map((each) => `"${each}"`).join(", ")} in the world ${showValue(world.scenario)}`;
  const got = agent === undefined ? `nothing, which stands for "${name}"` : `"${name}"`;
  mistakes.push(`"--agent" expected ${rule}, got ${got}: ${reasons.join("; ")}`);
}

/** Spaces of an environment, and the first observation of a user. */
interface Scene {
  readonly spaces: AgentSpaces;
  readonly observation: Observation;
}

async function openScene(world: World): Promise<Scene> {
  const env = await makeEnv(world);
  return { spaces: env as AgentSpaces, observation: env.reset().observation as Observation };
}

/** Returns what an agent needs and does not find in the spaces, or in the first observation. */
function reasonsAgainst(name: string, { spaces, observation }: Scene): string[] {
  const reasons: string[] = [];
  collectErrors(reasons, () => parseAgent(name)(spaces).beginEpisode(observation));
  return reasons;
}
