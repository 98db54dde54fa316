import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { listOnce, reading, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import type { CreateAgent } from "./agent.js";
import { validatedAgent } from "./validatedAgent.js";
import { stateless } from "./stateless.js";

/** Options of a greedy cluster agent: which documents it shows, and in which order. */
export interface GreedyClusterOptions {
  /** Cluster of the documents on the slate, by their field `clusterId`. Default: all documents. */
  readonly clusterId?: number;
  /** Whether the largest come first: most educational, or best. Default: true. */
  readonly proEducational?: boolean;
  /** The documents' field to sort by. Default: "educativeness"; RecSim's interest exploration sorts by "quality". */
  readonly feature?: string;
}

/**
 * Shows one cluster's documents in the order of a feature (the notebook's and RecSim's GreedyClusterAgent). The slate is as
 * short as the cluster. Ties: higher position first if the largest come first, else lower position first, as there.
 */
export function greedyCluster(options: GreedyClusterOptions = {}): CreateAgent {
  const given = readOnce("options", options, OPTIONS);
  refuse(optionMistakes(given));
  const { clusterId = null, proEducational = true, feature = "educativeness" } = given;
  const settings = { clusterId, proEducational, feature };
  return validatedAgent("greedyCluster", ({ actionSpace: { slateSize } }) =>
    stateless({ agent: "greedyCluster", settings }, ({ doc }) => {
      const fields = clusterId === null ? [feature] : [feature, "clusterId"];
      const columns = columnsOnce(doc, fields);
      for (let place = 0; place < columns.length; place++) {
        const mistake = columnMistake(columns[place]!, fields[place]!);
        if (mistake !== undefined) refuse([mistake]);
      }
      const [features, clusterIds] = columns as readonly (readonly number[])[];
      const slate: number[] = [];
      for (let position = 0; position < features!.length; position++) {
        const inCluster = clusterIds === undefined || clusterIds[position] === clusterId;
        if (inCluster) insert(slate, position, features!, proEducational);
        if (slate.length > slateSize) slate.pop();
      }
      return slate;
    }),
  );
}

/** Inserts a position into a slate in the order of the features: faster than sorting all, because slates are short. */
function insert(slate: number[], position: number, features: readonly number[], largestFirst: boolean): void {
  const feature = features[position]!;
  let slot = slate.length;
  while (slot > 0 && (largestFirst ? features[slate[slot - 1]!]! <= feature : features[slate[slot - 1]!]! > feature)) {
    slate[slot] = slate[slot - 1]!;
    slot -= 1;
  }
  slate[slot] = position;
}

/** Reads each of the fields of every document once, [field][position]. */
function columnsOnce(doc: readonly unknown[], fields: readonly string[]): readonly (readonly unknown[])[] {
  return reading("observation.doc", "candidates that can be read", doc, () => {
    const documents = listOnce("observation.doc", doc) as readonly Candidate[];
    return fields.map((field) => columnOf(documents, field));
  });
}

type Candidate = Readonly<Record<string, unknown>> | null | undefined;

function columnOf(documents: readonly Candidate[], field: string): unknown[] {
  const column: unknown[] = [];
  for (let position = 0; position < documents.length; position++) column.push(documents[position]?.[field]);
  return column;
}

const OPTIONS = ["clusterId", "proEducational", "feature"];

/** Returns an error for the first value that is no number. */
function columnMistake(column: readonly unknown[], field: string): string | undefined {
  for (let place = 0; place < column.length; place++) {
    if (Number.isFinite(column[place])) continue;
    return expectedMistake(`observation.doc[${place}].${field}`, "a finite number", column[place]);
  }
  return undefined;
}

function optionMistakes(options: GreedyClusterOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { clusterId = 0, proEducational = true, feature = "educativeness" } = options;
  return [
    ...unknownFieldMistakes("option of greedyCluster", options, OPTIONS),
    numberMistake("clusterId", clusterId, { min: 0, integer: true }),
    typeof proEducational === "boolean"
      ? undefined
      : expectedMistake("proEducational", "true or false", proEducational),
    typeof feature === "string" ? undefined : expectedMistake("feature", "the name of a field", feature),
  ];
}
