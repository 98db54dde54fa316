import type { World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import type { CorpusDocument, Parameters, PlainParameters } from "./parameters.js";

/** Response of the user to one document of the slate, as in RecSim. */
export interface LtsResponse {
  /** 1 where it was clicked, else 0. */
  readonly click: number;
  /** Seconds spent on it; 0 without a click. */
  readonly engagement: number;
  /** Its cluster. */
  readonly clusterId: number;
}

/** Observation of the user: noisy satisfaction, the only item of a list. */
export type LtsUserObservation = readonly number[];

/**
 * What is observed of many users in the long-term satisfaction world: rows with one number for each. In a batch environment they
 * are windows on the batch's own memory, the same objects for good: to be read only, and written over by the next step or reset.
 */
export interface LtsBatchObservation {
  /** Educativeness of each candidate of each user, in [0, 1]: [position][index]. */
  readonly educativeness: readonly Float64Array[];
  /** Cluster of each candidate of each user, integers in [0, numClusters): [position][index]. */
  readonly clusterId: readonly Uint8Array[];
  /** Noisy satisfaction, in [-1, 2]: [index]. */
  readonly satisfaction: Float64Array;
  /** Slot of the last slate that was clicked, slateSize for no click; -1 where an episode has just begun: [index]. */
  readonly choice: Int32Array;
  /** Seconds spent on what was clicked; 0 without a click, and where an episode has just begun: [index]. */
  readonly engagement: Float64Array;
}

/** The types of the long-term satisfaction world; all parameters are numbers where all users are alike. */
export interface LtsTypes<P extends Parameters = PlainParameters> extends WorldTypes {
  readonly user: LtsUserObservation;
  readonly doc: CorpusDocument;
  readonly response: LtsResponse;
  readonly document: CorpusDocument;
  readonly batch: LtsBatchObservation;
  readonly parameters: Readonly<P>;
  readonly metrics: "totalEngagement" | "finalSatisfaction" | "finalExposure" | "clickedEducativeness";
  readonly series: "engagement" | "satisfaction";
  readonly tracedState: LtsTracedState;
  readonly tracedStep: LtsTracedStep;
}

/** The state of a user of the long-term satisfaction world, as traces show it. */
export interface LtsTracedState {
  /** Exposure to educational videos (above 0) or memes (below 0). */
  readonly exposure: number;
  /** Satisfaction, in [0, 1]. */
  readonly satisfaction: number;
  /** Noisy satisfaction, as agents observe it. */
  readonly observation: number;
}

/** Fields of traces for a step in the long-term satisfaction world. */
export interface LtsTracedStep {
  /** The draws that the step was made from. */
  readonly draws: {
    readonly choiceUniform: number;
    readonly engagementNormal: number;
    readonly innovationNormal: number;
    readonly observationUniform: number;
  };
  /** Seconds; 0 without a click. */
  readonly engagement: number;
}

/** A world of memes and educational videos; all parameters are numbers where all users are alike. */
export type LongTermSatisfactionWorld<P extends Parameters = PlainParameters> = World<LtsTypes<P>>;
