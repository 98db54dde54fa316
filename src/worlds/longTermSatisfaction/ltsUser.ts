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

/** The draws of the last step. */
interface StepDraws {
  readonly choiceUniform: number;
  readonly engagementNormal: number;
  readonly innovationNormal: number;
}

/** Simulates one user step by step, as scalar code equivalent to the kernel. */
export class LtsUser implements SimulatedUser<LtsTypes>, LtsState {
  time = 0;
  exposure: number;
  satisfaction: number;
  private readonly model: LtsModel;
  private readonly source: WordSource;
  private readonly episodeSteps: number;
  private engagement = 0;
  /** Null before the first step, and after a restore. */
  private draws: StepDraws | null = null;

  /** `timeBudget`: steps of an episode. */
  constructor(model: LtsModel, timeBudget: number, source: WordSource) {
    this.model = model;
    this.episodeSteps = timeBudget;
    this.source = source;
    this.exposure = model.initialExposure(midpoint(source.words(START_BLOCK, 0)[0]!));
    this.satisfaction = model.satisfaction(this.exposure);
  }

  get state(): LtsState {
    return this;
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

  expectedReward(slate: readonly CorpusDocument[]): number {
    return this.model.expectedEngagement(educativenessOf(slate), this.satisfaction);
  }

  /** Takes one step. Without a click, exposure and satisfaction do not change. */
  step(slate: readonly CorpusDocument[]): UserStep<LtsResponse> {
    const choiceUniform = midpoint(this.source.words(CHOICE_BLOCK, this.time)[0]!);
    const [engagementNormal, innovationNormal] = normalPair(this.source.words(NORMAL_BLOCK, this.time));
    const weights = this.model.choiceWeights(educativenessOf(slate));
    const choice = chooseByInverseCdf(weights, choiceUniform);
    const clicked = slate[choice];
    this.engagement = 0;
    if (clicked !== undefined) {
      const { educativeness } = clicked;
      this.engagement = this.model.engagement(educativeness, this.satisfaction, engagementNormal);
      this.exposure = this.model.nextExposure(this.exposure, educativeness, innovationNormal);
      this.satisfaction = this.model.satisfaction(this.exposure);
    }
    this.time += 1;
    this.draws = { choiceUniform, engagementNormal, innovationNormal };
    const choiceProbabilities = slate.length === 0 ? [1] : proportions(weights);
    return { choice, responses: this.responses(slate, choice), reward: this.engagement, choiceProbabilities };
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
    const draws = { ...this.draws!, observationUniform: this.observationUniform() };
    return { draws, engagement: this.engagement };
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
    this.draws = null;
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
}

function educativenessOf(slate: readonly CorpusDocument[]): number[] {
  const educativeness: number[] = []; // pushed: see `proportions`
  for (let slot = 0; slot < slate.length; slot++) educativeness.push(slate[slot]!.educativeness);
  return educativeness;
}
