import type { CreateAgent } from "../../agents/agent.js";
import { parseAgent } from "../../agents/parseAgent.js";
import type { Json } from "../../check/json.js";
import { seedText, type Seed } from "../../random/seedKey.js";
import { streamVersion } from "../../random/streamVersion.js";
import type { World } from "../../world/world.js";
import { restoreWorld } from "../../worlds/scenarios.js";
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
  readonly agent: string;
  readonly scenario: string;
  readonly parameters: unknown;
}

/** Serialises a plan; undefined for a custom world, and for an agent without a name. */
export function messageOf({ world, createAgent: _createAgent, agent, ...rest }: Plan): PlanMessage | undefined {
  if (world.userDefined || agent === undefined) return undefined;
  return { ...rest, agent, scenario: world.scenario, parameters: world.parameters };
}

/** Deserialises a plan. */
export function planOf({ scenario, parameters, ...rest }: PlanMessage): Plan {
  return { ...rest, world: restoreWorld(scenario, parameters) as World, createAgent: parseAgent(rest.agent) };
}

/** Returns the settings that the replications share, as they are recorded. */
export function settingsOf({ world, agent, seed, replications, maxEvalEpisodes, training }: Plan): Settings {
  const { episodeLog = null } = training;
  const counts = { replications, ...countsOf(training), maxEvalEpisodes };
  return { ...provenanceOf(world, seed, agent), ...counts, episodeLog: episodeLog as Json, streamVersion };
}

/**
 * The seed of a replication, from 1 on, in `replicate` under that seed: `replicationSeed(7, 3)` is "7 replication 3". A training and an
 * evaluation under it are the replication, bit for bit.
 */
export function replicationSeed(seed: Seed, replication: number): string {
  return `${seedText(seed)} replication ${replication}`;
}
