import { numberMistake } from "../../check/mistakes.js";
import type { Json } from "../../check/json.js";
import { refuse } from "../../check/refuse.js";
import { proportions } from "../../choice/multinomialLogit.js";
import type { UserLife, UserStep } from "../../world/world.js";
import type { Life, LifeStep } from "./life.js";
import type { CorpusDocument } from "./parameters.js";

/** What the user did with one document of the slate, as in RecSim. */
export interface LtsResponse {
  /** 1 or 0. */
  readonly click: number;
  /** Seconds; 0 without a click. */
  readonly engagement: number;
  readonly clusterId: number;
}

/** The user as shown: noisy satisfaction, alone in a list. */
export type LtsUser = readonly number[];

/** A life as environments lead it: documents in, responses out. */
export class ShownLife implements UserLife<LtsUser, LtsResponse, CorpusDocument> {
  readonly life: Life;
  /** All that happened in the last step; null before the first, and after a restore. */
  lived: LifeStep | null = null;

  constructor(life: Life) {
    this.life = life;
  }

  get time(): number {
    return this.life.time;
  }

  get terminated(): boolean {
    return this.life.timeBudget <= 0;
  }

  observe(): LtsUser {
    return [this.life.observation()];
  }

  step(slate: readonly CorpusDocument[]): UserStep<LtsResponse> {
    const educativeness: number[] = [];
    for (let slot = 0; slot < slate.length; slot++) educativeness.push(slate[slot]!.educativeness);
    this.lived = this.life.step(educativeness);
    const { choice, engagement, weights } = this.lived;
    const responses = slate.map(({ clusterId }, slot): LtsResponse => {
      return slot === choice ? { click: 1, engagement, clusterId } : { click: 0, engagement: 0, clusterId };
    });
    return { choice, responses, choiceProbabilities: slate.length === 0 ? [1] : proportions(weights) };
  }

  stateNumbers(): readonly number[] {
    return [this.life.exposure, this.life.timeBudget];
  }

  snapshot(): Json {
    return { exposure: this.life.exposure, satisfaction: this.life.satisfaction };
  }

  restore(snapshot: Json, time: number): void {
    const { exposure, satisfaction } = (snapshot ?? {}) as { exposure?: unknown; satisfaction?: unknown };
    refuse([numberMistake("exposure", exposure, {}), numberMistake("satisfaction", satisfaction, { min: 0, max: 1 })]);
    this.life.exposure = exposure as number;
    this.life.satisfaction = satisfaction as number;
    this.life.time = time;
    this.lived = null;
  }
}
