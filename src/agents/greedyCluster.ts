import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import type { Json } from "../check/json.js";
import { refuse } from "../check/refuse.js";
import type { Observation } from "../spaces/observation.js";
import type { Agent, AgentSpaces, CreateAgent } from "./agent.js";
import { agentOptionMistakes } from "./drawing.js";
import { readSnapshot, takeSnapshot, type Owner } from "./snapshots.js";

export interface GreedyClusterOptions {
  /** The cluster whose documents are shown, by their field `clusterId`; all documents unless said otherwise. */
  readonly clusterId?: number;
  /** Whether the largest come first: most educational, or best. Default true. */
  readonly proEducational?: boolean;
  /** The documents' field to sort by. Default "educativeness"; RecSim's interest exploration sorts by "quality". */
  readonly feature?: string;
}

/**
 * Shows one cluster's documents in the order of a feature (the notebook's and RecSim's GreedyClusterAgent). The slate is as
 * short as the cluster. Of equals the later comes first among the largest, and the earlier among the smallest, as there.
 */
export function greedyCluster(options: GreedyClusterOptions = {}): CreateAgent {
  refuse(optionMistakes(options));
  return (spaces, opening = {}) => {
    refuse(agentOptionMistakes(opening));
    return new GreedyClusterAgent(spaces, options);
  };
}

class GreedyClusterAgent implements Agent {
  private readonly owner: Owner;
  private readonly slateSize: number;
  private readonly options: Required<Omit<GreedyClusterOptions, "clusterId">> & { readonly clusterId: number | null };

  constructor({ actionSpace }: AgentSpaces, options: GreedyClusterOptions) {
    const { clusterId = null, proEducational = true, feature = "educativeness" } = options;
    this.slateSize = actionSpace.slateSize;
    this.options = { clusterId, proEducational, feature };
    this.owner = { agent: "greedyCluster", settings: { ...this.options } };
  }

  beginEpisode(observation: Observation): number[] {
    return this.slateFor(observation);
  }

  step(_reward: number, observation: Observation): number[] {
    return this.slateFor(observation);
  }

  endEpisode(): void {}

  snapshot(): Json {
    return takeSnapshot(this.owner, {});
  }

  restore(snapshot: Json): void {
    readSnapshot(snapshot, this.owner, {});
  }

  private slateFor({ doc }: Observation): number[] {
    const { clusterId, proEducational, feature } = this.options;
    const documents = Object.values(doc) as Readonly<Record<string, number>>[];
    refuse(featureMistakes(documents, feature));
    const values = documents.map((document) => document[feature]!);
    const rising = documents
      .map((_, position) => position)
      .filter((position) => clusterId === null || documents[position]!["clusterId"] === clusterId)
      .toSorted((one, other) => values[one]! - values[other]!);
    return (proEducational ? rising.toReversed() : rising).slice(0, this.slateSize);
  }
}

function featureMistakes(documents: readonly Readonly<Record<string, unknown>>[], feature: string): string[] {
  const wrong = documents.find((document) => typeof document?.[feature] !== "number");
  return wrong === undefined ? [] : [expectedMistake(`doc.${feature}`, "a number (feature)", wrong[feature])];
}

function optionMistakes(options: GreedyClusterOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { clusterId = 0, proEducational = true, feature = "educativeness" } = options;
  return [
    ...unknownFieldMistakes("option of greedyCluster", options, ["clusterId", "proEducational", "feature"]),
    numberMistake("clusterId", clusterId, { min: 0, integer: true }),
    typeof proEducational === "boolean"
      ? undefined
      : expectedMistake("proEducational", "true or false", proEducational),
    typeof feature === "string" ? undefined : expectedMistake("feature", "the name of a field", feature),
  ];
}
