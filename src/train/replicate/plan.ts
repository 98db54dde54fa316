import type { CreateAgent } from "../../agents/agent.js";
import { importAgent } from "../../agents/importAgent.js";
import { parseAgent } from "../../agents/parseAgent.js";
import type { Json } from "../../check/json.js";
import { numberMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import { seedMistake, seedText, type Seed } from "../../random/seedKey.js";
import { streamVersion } from "../../random/streamVersion.js";
import type { World } from "../../world/world.js";
import { originOf, type ModuleOrigin } from "../../modules/origins.js";
import { receivedWorld, worldForThread, type SentWorld } from "../../workers/sentWorld.js";
import type { Settings } from "../checkpoint.js";
import { provenanceOf } from "../provenance.js";
import { countsOf, type TrainSettings } from "../trainOptions.js";

/** All that the replications of an agent have in common, validated. */
export interface Plan {
  readonly world: World;
  readonly createAgent: CreateAgent;
  /** The agent's name, if it has one. */
  readonly agent?: string;
  readonly seed: string;
  readonly replications: number;
  readonly maxEvalEpisodes: number;
  /** Settings of each training, but for its folder. */
  readonly training: Omit<TrainSettings, "out">;
  /** Folder of all replications. */
  readonly out?: string;
}

/** A plan as it is sent to a thread: names and numbers, no functions. */
export interface PlanMessage extends Omit<Plan, "world" | "createAgent"> {
  readonly sentWorld: SentWorld;
  /** The module of an agent without a name. */
  readonly agentModule?: ModuleOrigin;
}

/** Serialises a plan; undefined for an agent, or a custom world that is not compiled, that was handed over as a value. */
export async function messageOf({ world, createAgent, ...rest }: Plan): Promise<PlanMessage | undefined> {
  const [sent, agentModule] = [await worldForThread(world), originOf("agent", createAgent)];
  if (sent === undefined || (rest.agent === undefined && agentModule === undefined)) return undefined;
  return { ...rest, sentWorld: sent, ...(agentModule && { agentModule }) };
}

/** Deserialises a plan. Rejects with `InvalidInput` if a module does not load, or exports another world than it did. */
export async function planOf({ sentWorld: sent, agentModule, ...rest }: PlanMessage): Promise<Plan> {
  const createAgent = agentModule ? importAgent(agentModule.url, agentModule.name) : parseAgent(rest.agent!);
  return { ...rest, world: await receivedWorld(sent), createAgent: await createAgent };
}

/** Returns the settings that the replications share, as they are recorded. */
export function settingsOf({ world, agent, seed, replications, maxEvalEpisodes, training }: Plan): Settings {
  const { episodeLog = null } = training;
  const counts = { replications, ...countsOf(training), maxEvalEpisodes };
  return { ...provenanceOf(world, seed, agent), ...counts, episodeLog: episodeLog as Json, streamVersion };
}

/**
 * The seed of a replication, from 1 on, in `replicate` under that seed: `replicationSeed(7, 3)` is "7 replication 3". A training and an
 * evaluation under it are the replication, bit for bit. Throws `InvalidInput`.
 */
export function replicationSeed(seed: Seed, replication: number): string {
  refuse([seedMistake(seed), numberMistake("replication", replication, { min: 1, max: 2 ** 31 - 1, integer: true })]);
  return `${seedText(seed)} replication ${replication}`;
}
