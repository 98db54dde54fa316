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
import { candidatesUnder, type LtsCandidates } from "./candidates.js";
import type { Parameters } from "./parameters.js";
import { userModel, type UserModel } from "./user.js";

/** What happened in one step. */
export interface LifeStep {
  /** Slot of the slate that was clicked; the slate's length for no click. */
  readonly choice: number;
  /** Educativeness of the clicked document; 0 without a click. */
  readonly clicked: number;
  /** Seconds; 0 without a click. */
  readonly engagement: number;
  /** The choice's odds, unnormalised: of each slot, no click last. */
  readonly weights: readonly number[];
  readonly choiceUniform: number;
  readonly engagementNormal: number;
  readonly innovationNormal: number;
}

/** Opens lives of one world under one seed, each with its candidates; what all users share is made once. */
export function lives(
  parameters: Parameters,
  key: Key,
): (user: number) => { readonly life: Life; readonly candidates: LtsCandidates } {
  const model = userModel(parameters);
  const candidatesOf = candidatesUnder(parameters, key);
  return (user) => {
    const source = wordSource(key, WORLD_STREAM, user);
    return { life: new Life(parameters, model, source), candidates: candidatesOf(source) };
  };
}

/** One user's life, lived step by step with the slates handed in: the scalar statement of what the kernel does. */
export class Life {
  exposure: number;
  satisfaction: number;
  /** Steps lived so far. */
  time = 0;
  private readonly parameters: Parameters;
  private readonly model: UserModel;
  private readonly source: WordSource;

  constructor(parameters: Parameters, model: UserModel, source: WordSource) {
    this.parameters = parameters;
    this.model = model;
    this.source = source;
    this.exposure = model.initialExposure(midpoint(source.words(START_BLOCK, 0)[0]!));
    this.satisfaction = model.satisfaction(this.exposure);
  }

  /** Steps left. */
  get timeBudget(): number {
    return this.parameters.timeBudget - this.time;
  }

  /** The uniform draw behind the observation on show now. */
  observationUniform(): number {
    return midpoint(this.source.words(LOOK_BLOCK, this.time)[0]!);
  }

  /** Noisy satisfaction on show now. */
  observation(): number {
    return this.model.observation(this.satisfaction, this.observationUniform());
  }

  /** Mean engagement of the next step with a slate of documents of that educativeness. */
  expectedEngagement(slate: readonly number[]): number {
    return this.model.expectedEngagement(slate, this.satisfaction);
  }

  /** Lives one step with a slate of documents of that educativeness. Without a click exposure and satisfaction stay. */
  step(slate: readonly number[]): LifeStep {
    const choiceUniform = midpoint(this.source.words(CHOICE_BLOCK, this.time)[0]!);
    const [engagementNormal, innovationNormal] = normalPair(this.source.words(NORMAL_BLOCK, this.time));
    const weights = this.model.choiceWeights(slate);
    const choice = chooseByInverseCdf(weights, choiceUniform);
    const clicked = slate[choice];
    let engagement = 0;
    if (clicked !== undefined) {
      engagement = this.model.engagement(clicked, this.satisfaction, engagementNormal);
      this.exposure = this.model.nextExposure(this.exposure, clicked, innovationNormal);
      this.satisfaction = this.model.satisfaction(this.exposure);
    }
    this.time += 1;
    return { choice, clicked: clicked ?? 0, engagement, weights, choiceUniform, engagementNormal, innovationNormal };
  }
}
