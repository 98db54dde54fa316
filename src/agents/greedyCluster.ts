import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { listOnce, reading, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import type { CreateAgent } from "./agent.js";
import { atDoor } from "./door.js";
import { stateless } from "./stateless.js";

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
  const given = readOnce("options", options, OPTIONS);
  refuse(optionMistakes(given));
  const { clusterId = null, proEducational = true, feature = "educativeness" } = given;
  const settings = { clusterId, proEducational, feature };
  return atDoor("greedyCluster", ({ actionSpace: { slateSize } }) =>
    stateless({ agent: "greedyCluster", settings }, ({ doc }) => {
      const fields = clusterId === null ? [feature] : [feature, "clusterId"];
      const columns = columnsOnce(doc, fields);
      for (let place = 0; place < columns.length; place++) {
        const mistake = columnMistake(columns[place]!, fields[place]!);
        if (mistake !== undefined) refuse([mistake]);
      }
      const [features, clusterIds] = columns as readonly (readonly number[])[];
      const positions: number[] = [];
      for (let position = 0; position < features!.length; position++) {
        if (clusterIds === undefined || clusterIds[position] === clusterId) positions.push(position);
      }
      positions.sort((one, other) => features![one]! - features![other]!);
      return (proEducational ? positions.reverse() : positions).slice(0, slateSize);
    }),
  );
}

/** Of each of those fields what every document has there now, [field][position]. */
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

/** Of the first that is no number. */
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
