import type { WordSource } from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import type { Candidates } from "../../world/openWorld.js";
import { drawClusterId, drawClusterIds, drawEducativeness, educativenessAt, sharedCorpus } from "./documents.js";
import type { CorpusDocument, Parameters } from "./parameters.js";

/** The candidates of any source of draws, under a seed's key: drawn as `resample` says, or the corpus that all users share. */
export function candidatesUnder(
  parameters: Parameters,
  key: Key,
): (source: WordSource) => Candidates<CorpusDocument> {
  const { numCandidates, resample } = parameters;
  const corpus = resample === "never" ? sharedCorpus(parameters, key) : undefined;
  const drawnAt = (step: number): number => (resample === "step" ? step : 0);
  return (source) => ({
    documents: (step) => corpus ?? drawDocuments(parameters, source, drawnAt(step)),
    document: (step, position) => corpus ? corpus[position]! : drawDocument(parameters, source, drawnAt(step), position),
    firstId: (step) => drawnAt(step) * numCandidates,
  });
}

function drawDocuments(
  { numCandidates, numClusters }: Parameters,
  source: WordSource,
  step: number,
): CorpusDocument[] {
  // Clusters first: they begin in the observation's block, which was drawn just before.
  const clusterIds = drawClusterIds(source, numCandidates, numClusters, step);
  const educativeness = drawEducativeness(source, numCandidates, step);
  // Over the whole numbers: engines make the list of what a list of doubles is mapped to a list of doubles first.
  return clusterIds.map((clusterId, position) => ({ educativeness: educativeness[position]!, clusterId }));
}

function drawDocument(
  { numClusters }: Parameters,
  source: WordSource,
  step: number,
  position: number,
): CorpusDocument {
  const clusterId = drawClusterId(source, position, numClusters, step);
  return { educativeness: educativenessAt(source, position, step), clusterId };
}
