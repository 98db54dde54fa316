import { chooseByInverseCdf } from "../../choice/multinomialLogit.js";
import {
  CHOICE_BLOCK,
  LOOK_BLOCK,
  NORMAL_BLOCK,
  START_BLOCK,
  WORLD_STREAM,
  wordSource,
  type WordSource,
} from "../../random/address.js";
import { normalPair } from "../../random/normalPair.js";
import type { Key } from "../../random/seedKey.js";
import { midpoint } from "../../random/uniform.js";
import { drawClusterIds, drawEducativeness, sharedCorpus } from "./documents.js";
import type { CorpusDocument, Parameters } from "./parameters.js";
import { userModel, type UserModel } from "./user.js";
import type { World } from "./world.js";

/** What happened in one step. */
export interface LifeStep {
  /** Slot of the slate that was clicked; the slate's length for no click. */
  readonly choice: number;
  /** Educativeness of the clicked document; 0 without a click. */
  readonly clicked: number;
  /** Seconds; 0 without a click. */
  readonly engagement: number;
  readonly choiceUniform: number;
  readonly engagementNormal: number;
  readonly innovationNormal: number;
}

/** Opens lives of one world under one seed; what all users share is made once. */
export function lives(world: World, key: Key): (user: number) => Life {
  const model = userModel(world.parameters);
  const corpus = world.parameters.resample === "never" ? sharedCorpus(world.parameters, key) : null;
  return (user) => new Life(world.parameters, model, corpus, wordSource(key, WORLD_STREAM, user));
}

/** One user's life, lived step by step with the slates handed in: the scalar statement of what the kernel does. */
export class Life {
  exposure: number;
  satisfaction: number;
  /** Steps lived so far. */
  time = 0;
  private readonly parameters: Parameters;
  private readonly model: UserModel;
  private readonly corpus: readonly CorpusDocument[] | null;
  private readonly source: WordSource;

  constructor(parameters: Parameters, model: UserModel, corpus: readonly CorpusDocument[] | null, source: WordSource) {
    this.parameters = parameters;
    this.model = model;
    this.corpus = corpus;
    this.source = source;
    this.exposure = model.initialExposure(midpoint(source.words(START_BLOCK, 0)[0]!));
    this.satisfaction = model.satisfaction(this.exposure);
  }

  /** Steps left. */
  get timeBudget(): number {
    return this.parameters.timeBudget - this.time;
  }

  /** Educativeness of the candidates on show now. */
  educativeness(): number[] {
    if (this.corpus) return this.corpus.map((document) => document.educativeness);
    return drawEducativeness(this.source, this.parameters.numCandidates, this.corpusStep());
  }

  /** Clusters of the candidates on show now. */
  clusterIds(): number[] {
    if (this.corpus) return this.corpus.map((document) => document.clusterId);
    const { numCandidates, numClusters } = this.parameters;
    return drawClusterIds(this.source, numCandidates, numClusters, this.corpusStep());
  }

  /** Running number of the first candidate on show now; the others follow. */
  firstDocumentId(): number {
    return this.corpusStep() * this.parameters.numCandidates;
  }

  /** The uniform draw behind the observation on show now. */
  observationUniform(): number {
    return midpoint(this.source.words(LOOK_BLOCK, this.time)[0]!);
  }

  /** Noisy satisfaction on show now. */
  observation(): number {
    return this.model.observation(this.satisfaction, this.observationUniform());
  }

  /** The weights of the choice among documents of that educativeness, no click last. */
  choiceWeights(slate: readonly number[]): number[] {
    return this.model.choiceWeights(slate);
  }

  /** Lives one step with a slate of documents of that educativeness. Without a click exposure and satisfaction stay. */
  step(slate: readonly number[]): LifeStep {
    const choiceUniform = midpoint(this.source.words(CHOICE_BLOCK, this.time)[0]!);
    const [engagementNormal, innovationNormal] = normalPair(this.source.words(NORMAL_BLOCK, this.time));
    const choice = chooseByInverseCdf(this.choiceWeights(slate), choiceUniform);
    const clicked = slate[choice];
    let engagement = 0;
    if (clicked !== undefined) {
      engagement = this.model.engagement(clicked, this.satisfaction, engagementNormal);
      this.exposure = this.model.nextExposure(this.exposure, clicked, innovationNormal);
      this.satisfaction = this.model.satisfaction(this.exposure);
    }
    this.time += 1;
    return { choice, clicked: clicked ?? 0, engagement, choiceUniform, engagementNormal, innovationNormal };
  }

  /** Step at which the candidates on show were drawn. */
  private corpusStep(): number {
    return this.parameters.resample === "step" ? this.time : 0;
  }
}
