import type { WorldTypes } from "../../world/world.js";
import type { LtsBatchObservation } from "./batchObservation.js";
import type { CorpusDocument, Parameters } from "./parameters.js";

/** What the user did with one document of the slate, as in RecSim. */
export interface LtsResponse {
  /** 1 or 0. */
  readonly click: number;
  /** Seconds; 0 without a click. */
  readonly engagement: number;
  readonly clusterId: number;
}

/** What is observed of the user: noisy satisfaction, alone in a list. */
export type LtsUserObservation = readonly number[];

/** The types of the long-term satisfaction world. */
export interface LtsTypes extends WorldTypes {
  readonly user: LtsUserObservation;
  readonly doc: CorpusDocument;
  readonly response: LtsResponse;
  readonly document: CorpusDocument;
  readonly batch: LtsBatchObservation;
  readonly parameters: Readonly<Parameters>;
  readonly metrics: "totalEngagement" | "finalSatisfaction" | "finalExposure" | "clickedEducativeness";
  readonly series: "engagement" | "satisfaction";
  readonly tracedState: LtsTracedState;
  readonly tracedStep: LtsTracedStep;
}

export interface LtsTracedState {
  readonly exposure: number;
  readonly satisfaction: number;
  /** Noisy satisfaction, as agents observe it. */
  readonly observation: number;
}

export interface LtsTracedStep {
  readonly draws: {
    readonly choiceUniform: number;
    readonly engagementNormal: number;
    readonly innovationNormal: number;
    readonly observationUniform: number;
  };
  /** Seconds; 0 without a click. */
  readonly engagement: number;
}
