import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { reading, readOnce } from "../check/readOnce.js";
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
      const documents = fieldsOnce(doc, fields) as Readonly<Record<string, number>>[];
      refuse(fieldMistakes(documents, fields));
      const rising = documents
        .map((_, position) => position)
        .filter((position) => clusterId === null || documents[position]!["clusterId"] === clusterId)
        .toSorted((one, other) => documents[one]![feature]! - documents[other]![feature]!);
      return (proEducational ? rising.toReversed() : rising).slice(0, slateSize);
    }),
  );
}

/** Those fields of every document as they are now. */
function fieldsOnce(doc: Readonly<Record<string, unknown>>, fields: readonly string[]): object[] {
  return reading("observation.doc", "candidates by id", doc, () =>
    Object.values(doc).map((document) => {
      const given = document as Readonly<Record<string, unknown>> | null | undefined;
      return Object.fromEntries(fields.map((field) => [field, given?.[field]]));
    }),
  );
}

const OPTIONS = ["clusterId", "proEducational", "feature"];

/** Of each field the first that is no number. */
function fieldMistakes(documents: readonly Readonly<Record<string, unknown>>[], fields: readonly string[]): string[] {
  return fields.flatMap((field) => {
    const wrong = documents.find((document) => !Number.isFinite(document?.[field]));
    return wrong === undefined ? [] : [expectedMistake(`doc.${field}`, "a finite number", wrong[field])];
  });
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
