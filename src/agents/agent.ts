import type { Json } from "../check/json.js";
import type { Observation } from "../spaces/observation.js";
import type { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import type { DrawingOptions } from "./drawing.js";

/**
 * Whoever fills the slates (RecSim's AbstractEpisodicRecommenderAgent). A slate is a list of positions among the candidates
 * of the observation, at most slateSize of them.
 */
export interface Agent<Obs extends Observation = Observation> {
  /** The first slate of an episode. */
  beginEpisode(observation: Obs): number[];
  /** The next slate; `reward` is what the last one brought. */
  step(reward: number, observation: Obs): number[];
  /** The reward of the last slate, and what was seen after it. */
  endEpisode(reward: number, observation: Obs): void;
  /** All that the agent has learnt and all that it draws by, as plain data that later steps do not change. */
  snapshot(): Json;
  /** Goes on as the agent that the snapshot was taken of. Throws `InvalidInput` for anything else, and stays as it was. */
  restore(snapshot: Json): void;
}

/** What an agent is told of its environment. Environments themselves will do. */
export interface AgentSpaces<Obs extends Observation = Observation> {
  readonly observationSpace: Space<Obs>;
  readonly actionSpace: Slate;
}

/** Whoever sees what a layer hands on: an agent for whatever observations, as the layer makes others of those that it sees. */
export type CreateInnerAgent = CreateAgent<never>;

/** How an agent is opened. */
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
