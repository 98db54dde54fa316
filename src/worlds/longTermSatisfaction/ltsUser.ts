import type { Json } from "../../check/json.js";
import { numberMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import { chooseByInverseCdf, proportions } from "../../choice/multinomialLogit.js";
import { CHOICE_BLOCK, LOOK_BLOCK, NORMAL_BLOCK, START_BLOCK, type WordSource } from "../../random/address.js";
import { normalPair } from "../../random/normalPair.js";
import { midpoint } from "../../random/uniform.js";
import type { UserDigest } from "../../statistics/userDigest.js";
import type { SimulatedUser, UserStep } from "../../world/simulatedUser.js";
import type { CorpusDocument } from "./parameters.js";
import type { LtsResponse, LtsTracedState, LtsTracedStep, LtsTypes } from "./types.js";
import type { LtsModel } from "./model.js";

/** A user's state: the exposure to educational videos, and the satisfaction that follows from it. */
export interface LtsState {
  readonly exposure: number;
  readonly satisfaction: number;
}

/** Simulates one user step by step, as scalar code equivalent to the kernel. */
export class LtsUser implements SimulatedUser<LtsTypes> {
  time = 0;
  exposure: number;
  satisfaction: number;
  private readonly model: LtsModel;
  private readonly source: WordSource;
  private readonly episodeSteps: number;
  // Of the last step, field by field: an object would be made at every step, and traces alone read it.
  private engagement = 0;
  private choiceUniform = 0;
  private engagementNormal = 0;
  private innovationNormal = 0;
  private readonly educativeness: number[] = [];
  private readonly choiceWeights: number[] = [];

  /** `timeBudget`: steps of an episode. */
  constructor(model: LtsModel, timeBudget: number, source: WordSource) {
    this.model = model;
    this.episodeSteps = timeBudget;
    this.source = source;
    this.exposure = model.initialExposure(midpoint(source.words(START_BLOCK, 0)[0]!));
    this.satisfaction = model.satisfaction(this.exposure);
  }

  get state(): LtsState {
    return { exposure: this.exposure, satisfaction: this.satisfaction };
  }

  /** Steps left. */
  get timeBudget(): number {
    return this.episodeSteps - this.time;
  }

  get terminated(): boolean {
    return this.time >= this.episodeSteps;
  }

  /** Returns noisy satisfaction, the only item of a list. */
  observe(): readonly number[] {
    return [this.model.observation(this.satisfaction, this.observationUniform())];
  }

  /** The logit of the choice. */
  score({ educativeness }: CorpusDocument): number {
    return 1 - educativeness;
  }

  expectedReward(slate: readonly CorpusDocument[]): number {
    return this.model.expectedEngagement(this.educativenessOf(slate), this.satisfaction);
  }

  /** Takes one step. Without a click, exposure and satisfaction do not change. */
  step(slate: readonly CorpusDocument[]): UserStep<LtsResponse> {
    this.choiceUniform = midpoint(this.source.words(CHOICE_BLOCK, this.time)[0]!);
    const normals = normalPair(this.source.words(NORMAL_BLOCK, this.time));
    this.engagementNormal = normals[0];
    this.innovationNormal = normals[1];
    const weights = this.model.choiceWeights(this.educativenessOf(slate), this.choiceWeights);
    const choice = chooseByInverseCdf(weights, this.choiceUniform);
    const clicked = slate[choice];
    this.engagement = 0;
    if (clicked !== undefined) {
      const { educativeness } = clicked;
      this.engagement = this.model.engagement(educativeness, this.satisfaction, this.engagementNormal);
      this.exposure = this.model.nextExposure(this.exposure, educativeness, this.innovationNormal);
      this.satisfaction = this.model.satisfaction(this.exposure);
    }
    this.time += 1;
    return { choice, responses: this.responses(slate, choice), reward: this.engagement };
  }

  choiceProbabilities(): readonly number[] {
    return this.choiceWeights.length === 1 ? [1] : proportions(this.choiceWeights);
  }

  foldStep(digest: UserDigest, slot: number, reward: number): void {
    digest.foldReward(reward, 0, 0);
    digest.foldState(this.exposure, slot, this.timeBudget);
  }

  stateNumbers(): readonly (readonly [string, number])[] {
    return [["exposure", this.exposure]];
  }

  describeState(): LtsTracedState {
    const { exposure, satisfaction } = this;
    return { exposure, satisfaction, observation: this.observe()[0]! };
  }

  describeStep(): LtsTracedStep {
    const { choiceUniform, engagementNormal, innovationNormal, engagement } = this;
    const draws = { choiceUniform, engagementNormal, innovationNormal, observationUniform: this.observationUniform() };
    return { draws, engagement };
  }

  snapshot(): Json {
    return { exposure: this.exposure, satisfaction: this.satisfaction };
  }

  restore(snapshot: Json, time: number): void {
    const { exposure, satisfaction } = (snapshot ?? {}) as { exposure?: unknown; satisfaction?: unknown };
    refuse([numberMistake("exposure", exposure, {}), numberMistake("satisfaction", satisfaction, { min: 0, max: 1 })]);
    this.exposure = exposure as number;
    this.satisfaction = satisfaction as number;
    this.time = time;
  }

  /** Returns the uniform draw of the current observation. */
  private observationUniform(): number {
    return midpoint(this.source.words(LOOK_BLOCK, this.time)[0]!);
  }

  private responses(slate: readonly CorpusDocument[], choice: number): LtsResponse[] {
    const responses: LtsResponse[] = [];
    for (let slot = 0; slot < slate.length; slot++) {
      const clicked = slot === choice;
      const engagement = clicked ? this.engagement : 0;
      responses.push({ click: clicked ? 1 : 0, engagement, clusterId: slate[slot]!.clusterId });
    }
    return responses;
  }

  /** Returns the educativeness of each slot in one list for all steps. */
  private educativenessOf(slate: readonly CorpusDocument[]): readonly number[] {
    const { educativeness } = this;
    for (let slot = 0; slot < slate.length; slot++) educativeness[slot] = slate[slot]!.educativeness;
    if (educativeness.length > slate.length) educativeness.length = slate.length;
    return educativeness;
  }
}
