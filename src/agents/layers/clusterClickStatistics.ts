import { numberMistake } from "../../check/mistakes.js";
import { listOnce, reading, readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { Box } from "../../spaces/box.js";
import type { Observation } from "../../spaces/observation.js";
import { Dict } from "../../spaces/records.js";
import type { CreateAgent, CreateInnerAgent } from "../agent.js";
import { numClustersOf } from "../observationParts.js";
import {
  LAYER_OPTIONS,
  layerMistakes,
  sufficientStatistics,
  type Memory,
  type StatisticsDefinition,
} from "./sufficientStatistics.js";

/** One count for each cluster. */
export interface ClusterClicks {
  /** Number of documents of the cluster that were on slates. */
  readonly impressionCount: readonly number[];
  /** How many of those were clicked. */
  readonly clickCount: readonly number[];
}

/** Options of click statistics: the agent that receives the counts, and how long they are kept. */
export interface ClusterClickStatisticsOptions {
  /** The agent below. */
  readonly agent: CreateInnerAgent;
  /** How long is remembered: within an episode, or from user to user. Default: "episode". */
  readonly memory?: Memory;
}

/**
 * Counts impressions and clicks by cluster, for the agent below (RecSim's ClusterClickStatsLayer). RecSim resets the counts in
 * every episode. Therefore the notebook's agent, a click bandit over these counts, learns nothing between episodes however
 * long it is trained: the counts are all it knows. With `memory: "lifetime"` they continue from user to user.
 */
export function clusterClickStatistics(options: ClusterClickStatisticsOptions): CreateAgent {
  const given = readOnce("options", options, LAYER_OPTIONS);
  refuse(layerMistakes("clusterClickStatistics", given));
  const { agent, memory = "episode" } = given;
  return sufficientStatistics({ agent, memory, statistics: (spaces) => clusterClicks(numClustersOf(spaces)) });
}

function clusterClicks(numClusters: number): StatisticsDefinition<ClusterClicks> {
  const zeros = Array.from({ length: numClusters }, () => 0);
  const counts = new Box({ low: 0, high: Infinity, shape: [numClusters] });
  return {
    name: "clusterClickStatistics",
    space: new Dict({ impressionCount: counts, clickCount: counts }),
    initial: { impressionCount: zeros, clickCount: zeros },
    update: countResponses,
  };
}

function countResponses(counts: ClusterClicks, { response }: Observation): ClusterClicks {
  const [impressionCount, clickCount] = [[...counts.impressionCount], [...counts.clickCount]];
  const responses = responsesOnce(response);
  refuse(
    responses.map(({ clusterId }, slot) => clusterMistake(`response[${slot}].clusterId`, clusterId, impressionCount)),
  );
  for (const { clusterId, click } of responses) {
    impressionCount[clusterId]! += 1;
    if (click === 1) clickCount[clusterId]! += 1;
  }
  return { impressionCount, clickCount };
}

/** Reads cluster and click of the responses once. */
function responsesOnce(response: Observation["response"]): readonly { clusterId: number; click: number }[] {
  const given = listOnce("observation.response", response ?? []);
  return reading("observation.response", "responses with clusterId and click", response, () =>
    Array.from(given as readonly ({ clusterId: number; click: number } | null)[], (each) => {
      return { clusterId: each?.clusterId as number, click: each?.click as number };
    }),
  );
}

function clusterMistake(field: string, clusterId: unknown, { length }: readonly number[]): string | undefined {
  return numberMistake(field, clusterId, { min: 0, max: length - 1, integer: true });
}
