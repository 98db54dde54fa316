import type { WordSource } from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import type { Candidates } from "../../world/openWorld.js";
import { drawDocument, drawDocuments, sharedCorpus } from "./documents.js";
import type { CorpusDocument, Parameters } from "./parameters.js";

/** Returns a sampler of the candidates of any source of draws, under a seed's key: as `resample` says, or the corpus that all users share. */
export function candidatesUnder(parameters: Parameters, key: Key): (source: WordSource) => Candidates<CorpusDocument> {
  const { numCandidates, numClusters, resample } = parameters;
  const corpus = resample === "never" ? sharedCorpus(parameters, key) : undefined;
  const drawnAt = (step: number): number => (resample === "step" ? step : 0);
  return (source) => ({
    documents: (step) => corpus ?? drawDocuments(source, numCandidates, numClusters, drawnAt(step)),
    document: (step, position) => {
      return corpus ? corpus[position]! : drawDocument(source, position, numClusters, drawnAt(step));
    },
    firstId: (step) => drawnAt(step) * numCandidates,
  });
}
