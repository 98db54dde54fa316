import type { Json } from "../check/json.js";
import type { Observation } from "../spaces/observation.js";
import type { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import type { DrawingOptions } from "./drawing.js";

/**
 * Fills the slates, step by step (RecSim's AbstractEpisodicRecommenderAgent). A slate is a list of positions among the candidates
 * of the observation, at most slateSize of them.
 */
export interface Agent<Obs extends Observation = Observation> {
  /** Begins an episode and returns its first slate. */
  beginEpisode(observation: Obs): number[];
  /** Returns the next slate; `reward` is that of the last one. */
  step(reward: number, observation: Obs): number[];
  /** Ends an episode with the reward of its last slate and the observation after it. */
  endEpisode(reward: number, observation: Obs): void;
  /**
   * Probability with which the agent, knowing what it knew, returned its last slate, in its order: a number in (0, 1], or NaN where it is not
   * known. Traces, trajectories and episode logs record it. Default: not known.
   */
  slatePropensity?(): number;
  /** Returns all that the agent has learnt, and the position of its random numbers, as plain data that later steps do not change. */
  snapshot(): Json;
  /** Resumes as the agent of the snapshot. Throws `InvalidInput` for anything else, and then changes nothing. */
  restore(snapshot: Json): void;
}

/** The spaces for which an agent is created. An environment has these properties. */
export interface AgentSpaces<Obs extends Observation = Observation> {
  readonly observationSpace: Space<Obs>;
  readonly actionSpace: Slate;
}

/** Creates the agent inside a layer. It accepts any observations, because the layer changes those of the environment. */
export type CreateInnerAgent = CreateAgent<never>;

/** Options of an agent. */
export interface AgentOptions extends DrawingOptions {
  /**
   * Whether the agent only acts on what it has learnt: it learns nothing from one episode for the next, and tabularQ does not
   * explore. Default: false.
   */
  readonly evalMode?: boolean;
}

/**
 * Opens an agent for spaces. Agents inside of it draw from streams of their own, see `innerStream`. Throws `InvalidInput`
 * for options and spaces that the agent cannot have.
 */
export type CreateAgent<Obs extends Observation = Observation> = (
  spaces: AgentSpaces<Obs>,
  options?: AgentOptions,
) => Agent<Obs>;
