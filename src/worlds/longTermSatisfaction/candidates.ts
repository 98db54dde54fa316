import type { WordSource } from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import type { Candidates } from "../../world/openWorld.js";
import { drawDocument, drawFeatures, sharedCorpus } from "./documents.js";
import type { CorpusDocument, Parameters } from "./parameters.js";

type LtsCandidates = Candidates<CorpusDocument, CorpusDocument>;

/** Returns a sampler of the candidates of any source of draws, under a seed's key: as `resample` says, or the corpus that all users share. */
export function candidatesUnder(parameters: Parameters, key: Key): (source: WordSource) => LtsCandidates {
  if (parameters.resample !== "never") return (source) => new DrawnCandidates(parameters, source);
  const shared = sharedCandidates(sharedCorpus(parameters, key));
  return () => shared;
}

function sharedCandidates(corpus: readonly CorpusDocument[]): LtsCandidates {
  return {
    documents: () => corpus,
    document: (_step, position) => corpus[position]!,
    observed: () => corpus.map(({ educativeness, clusterId }) => ({ educativeness, clusterId })),
    firstId: () => 0,
  };
}

/** The candidates of one user. Keeps the last features as columns, from which documents are made: most are looked at only once. */
class DrawnCandidates implements LtsCandidates {
  private readonly parameters: Parameters;
  private readonly source: WordSource;
  private readonly educativeness: number[] = [];
  private readonly clusterIds: number[] = [];
  /** The step for which the columns were drawn. */
  private drawn = -1;

  constructor(parameters: Parameters, source: WordSource) {
    this.parameters = parameters;
    this.source = source;
  }

  documents(step: number): readonly CorpusDocument[] {
    const { numCandidates, numClusters } = this.parameters;
    const { educativeness, clusterIds } = this;
    const at = this.drawnAt(step);
    if (this.drawn !== at) drawFeatures(this.source, numCandidates, numClusters, at, educativeness, clusterIds);
    this.drawn = at;
    const documents: CorpusDocument[] = [];
    for (let position = 0; position < numCandidates; position++) documents.push(this.drawnDocument(position));
    return documents;
  }

  document(step: number, position: number): CorpusDocument {
    const at = this.drawnAt(step);
    if (this.drawn === at) return this.drawnDocument(position);
    return drawDocument(this.source, position, this.parameters.numClusters, at);
  }

  observed(step: number): readonly CorpusDocument[] {
    return this.documents(step);
  }

  firstId(step: number): number {
    return this.drawnAt(step) * this.parameters.numCandidates;
  }

  private drawnDocument(position: number): CorpusDocument {
    return { educativeness: this.educativeness[position]!, clusterId: this.clusterIds[position]! };
  }

  private drawnAt(step: number): number {
    return this.parameters.resample === "step" ? step : 0;
  }
}
