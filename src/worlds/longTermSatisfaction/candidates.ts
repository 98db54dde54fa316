import type { WordSource } from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import type { Candidates } from "../../world/world.js";
import { drawClusterIds, drawEducativeness, sharedCorpus } from "./documents.js";
import type { CorpusDocument, Parameters } from "./parameters.js";

/** The documents on show at every step: drawn from a source as `resample` says, or the corpus that all users share. */
export class LtsCandidates implements Candidates<CorpusDocument> {
  private readonly parameters: Parameters;
  private readonly corpus: readonly CorpusDocument[] | null;
  private readonly source: WordSource;

  constructor(parameters: Parameters, corpus: readonly CorpusDocument[] | null, source: WordSource) {
    this.parameters = parameters;
    this.corpus = corpus;
    this.source = source;
  }

  /** Of every candidate; clusters are not drawn for it. */
  educativeness(step: number): number[] {
    if (this.corpus) return this.corpus.map((document) => document.educativeness);
    return drawEducativeness(this.source, this.parameters.numCandidates, this.drawnAt(step));
  }

  documents(step: number): readonly CorpusDocument[] {
    if (this.corpus) return this.corpus;
    const { numCandidates, numClusters } = this.parameters;
    // Clusters first: they begin in the observation's block, which was drawn just before.
    const clusterIds = drawClusterIds(this.source, numCandidates, numClusters, this.drawnAt(step));
    const educativeness = this.educativeness(step);
    // Over the whole numbers: engines make the list of what a list of doubles is mapped to a list of doubles first.
    return clusterIds.map((clusterId, position) => ({ educativeness: educativeness[position]!, clusterId }));
  }

  firstId(step: number): number {
    return this.drawnAt(step) * this.parameters.numCandidates;
  }

  /** Step at which the candidates on show were drawn. */
  private drawnAt(step: number): number {
    return this.parameters.resample === "step" ? step : 0;
  }
}

/** The candidates of any source of draws, under a seed's key. */
export function candidatesUnder(parameters: Parameters, key: Key): (source: WordSource) => LtsCandidates {
  const corpus = parameters.resample === "never" ? sharedCorpus(parameters, key) : null;
  return (source) => new LtsCandidates(parameters, corpus, source);
}
