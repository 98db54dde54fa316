import { expectedMistake, objectMistake, oneOfMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import { listOnce, readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import type { CreateAgent } from "../agent.js";
import { banditAlgorithmNames, type BanditAlgorithm } from "../bandits/algorithms.js";
import { scalingMistake } from "../bandits/armStatistics.js";
import { learnsFromEpisodes } from "../episodeLearners.js";
import { validatedAgent } from "../validatedAgent.js";
import { MAX_INNER_AGENTS } from "../drawing.js";
import { greedyCluster } from "../greedyCluster.js";
import { clickBandit } from "./clickBandit.js";
import { clusterClickStatistics } from "./clusterClickStatistics.js";
import { numClustersOf } from "../observationParts.js";
import type { Memory } from "./sufficientStatistics.js";

/** Options of a cluster bandit: how the agents of the clusters sort, and which bandit chooses among them. */
export interface ClusterBanditOptions {
  /** Whether the most educational documents come first, of every cluster or of all. Default: true. */
  readonly proEducational?: boolean | readonly boolean[];
  /** The documents' field to sort by. Default: "educativeness". */
  readonly feature?: string;
  /** The bandit that chooses. Default: "ucb1". */
  readonly algorithm?: BanditAlgorithm;
  /** Factor on the width of what is not known, in [1e-6, 1e6]. Default: 1. */
  readonly optimismScaling?: number;
  /** How long counts are kept. Default: "episode", as in RecSim: nothing is learnt between users. */
  readonly memory?: Memory;
}

/** The notebook's agent, and RecSim's ClusterBanditAgent: click statistics over a click bandit over one greedy agent a cluster. */
export function clusterBandit(options: ClusterBanditOptions = {}): CreateAgent {
  const given = optionsOnce(options);
  refuse(optionMistakes(given));
  const { proEducational = true, feature = "educativeness", memory = "episode", ...rest } = given;
  const create = validatedAgent("clusterBandit", (spaces, opening) => {
    const arms = Array.from({ length: numClustersOf(spaces) }, (_, clusterId) => {
      const largestFirst = typeof proEducational === "boolean" ? proEducational : proEducational[clusterId] === true;
      return greedyCluster({ clusterId, proEducational: largestFirst, feature });
    });
    refuse([clustersMistake(arms.length), lengthMistake(proEducational, arms.length)]);
    return clusterClickStatistics({ agent: clickBandit({ arms, ...rest }), memory })(spaces, opening);
  });
  return learnsFromEpisodes(create, memory === "lifetime");
}

/** Returns an error unless a bandit can have as many arms as there are clusters. */
function clustersMistake(numClusters: number): string | undefined {
  if (numClusters >= 2 && numClusters <= MAX_INNER_AGENTS) return undefined;
  const rule = `responses with a clusterId of 2 to ${MAX_INNER_AGENTS} clusters, an arm each`;
  return `"observationSpace" expected ${rule}, got ${numClusters}`;
}

/** Reads the options once. */
function optionsOnce(options: ClusterBanditOptions): ClusterBanditOptions {
  const given = readOnce("options", options, OPTIONS);
  if (given?.proEducational === undefined) return given;
  return { ...given, proEducational: listOnce("proEducational", given.proEducational) };
}

function lengthMistake(proEducational: boolean | readonly boolean[], numClusters: number): string | undefined {
  if (typeof proEducational === "boolean" || proEducational.length === numClusters) return undefined;
  return expectedMistake("proEducational", `one for each of ${numClusters} clusters`, proEducational);
}

const OPTIONS = ["proEducational", "feature", "algorithm", "optimismScaling", "memory"];

function optionMistakes(options: ClusterBanditOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { proEducational = true, feature = "educativeness" } = options;
  const { algorithm = "ucb1", optimismScaling = 1, memory = "episode" } = options;
  const legal = Array.from([proEducational].flat()).every((each) => typeof each === "boolean");
  return [
    ...unknownFieldMistakes("option of clusterBandit", options, OPTIONS),
    legal ? undefined : expectedMistake("proEducational", "true or false, or a list of them", proEducational),
    typeof feature === "string" ? undefined : expectedMistake("feature", "the name of a field", feature),
    oneOfMistake("algorithm", algorithm, banditAlgorithmNames),
    scalingMistake(optimismScaling),
    oneOfMistake("memory", memory, ["episode", "lifetime"]),
  ];
}
