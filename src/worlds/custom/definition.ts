import type { Json } from "../../check/json.js";
import type { ChoiceModel } from "../../choice/choiceModel.js";
import type { Draws } from "../../random/draws.js";
import type { Space } from "../../spaces/space.js";
import type { Observation } from "../../spaces/observation.js";
import type { Metric, MetricStep, SeriesNamesOf } from "../../world/metrics.js";
import type { World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";

/** Makes documents (RecSim's document and its sampler). */
export interface DocumentSampler<Document, Doc, State = unknown> {
  readonly space: Space<Doc>;
  /**
   * A document from its own draws; `id` is its number among those of one user. `state` is the user's, where candidates are drawn anew
   * at every step (`resample` "step") for one user alone; else undefined. Declare its type where `documents` stands before `users`.
   */
  readonly sample: (draws: Draws, id: number, state: State | undefined) => Document;
  /** Returns the observation of a document; agents receive a copy. Default: the document. */
  observe?(document: Document): Doc;
  /** Returns the number by which the policies most-educational, least-educational and mix(m) rank. Without it they are refused. */
  rank?(document: Document): number;
}

/** Events of a step, for the transition. */
export interface StepEvent<Document, Response> {
  /** The document clicked, and the response to it; null without a click. */
  readonly clicked: { readonly document: Document; readonly response: Response } | null;
  readonly slate: readonly Document[];
  readonly responses: readonly Response[];
  /** Steps taken before this one. */
  readonly step: number;
}

/**
 * The user (RecSim's user state, sampler and model). A state is plain data, and is never changed: a transition returns the
 * next one.
 */
export interface UserModel<State, User, Document, Response> {
  readonly space: Space<User>;
  /** The state at the beginning of an episode: users may differ in it. `user` is the user's number, for rows of a table. */
  sample(draws: Draws, user: number): State;
  /** Returns the observation of the user, with noise from the draws. Agents receive a copy, because it may be a part of the state. */
  observe(state: State, draws: Draws): User;
  /** The score that the choice model turns into a probability. */
  scoreDocument(state: State, document: Document): number;
  /** Declared as a property, not a method, so that TypeScript checks its parameter types instead of inferring from them. */
  readonly transition: (state: State, event: StepEvent<Document, Response>, draws: Draws) => State;
  /** Whether the episode ends. Default: never. */
  isTerminal?(state: State): boolean;
  /** The mean reward of a step with that slate, for the estimator "expected". Without it there is only "sampled". */
  expectedReward?(state: State, slate: readonly Document[]): number;
}

/** Response of the user to each document of the slate (RecSim's response). */
export interface ResponseModel<State, Document, Response> {
  readonly space: Space<Response>;
  /**
   * The response to one document; `state` is the one before the step, and every slot has draws of its own. Agents get copies.
   */
  respond(state: State, document: Document, clicked: boolean, draws: Draws): Response;
}

/**
 * Expectations for the estimator "controlled", which subtracts from each return what it owes to chance. A feature is a number of the state
 * that says much about the rewards to come, as its first powers do; it counts as 0 once the episode has ended. Needs `users.expectedReward`.
 * Where an expectation is wrong, estimates are, too.
 */
export interface ControlModel<State, Document> {
  /** Mean of each feature over users before their first step: at most 64. */
  readonly initialMeans: readonly number[];
  /** The features of a state. */
  features(state: State): readonly number[];
  /** The mean of each feature after a step with that slate, given the state before it; an ended episode counts as 0. */
  nextFeatures(state: State, slate: readonly Document[], step: number): readonly number[];
  /** How many numbers `terms` returns: at most 64. Default: 0. */
  readonly numTerms?: number;
  /** Numbers of the candidates whose mean, given the state, is 0. The slate is the policy's: it may be ignored. */
  terms?(state: State, candidates: readonly Document[], slate: readonly Document[], step: number): readonly number[];
}

/** A world in parts. Randomness comes in through draws alone, so episodes have the same bits everywhere. */
export interface WorldDefinition<State, User, Document, Doc, Response, Metrics = Readonly<Record<never, never>>> {
  readonly name: string;
  /** The hash cannot see into functions: count this up when one of them changes what it does. Default: 1. */
  readonly version?: number;
  /** The numbers behind the functions, for the hash. Default: null. */
  readonly parameters?: Json;
  /** Documents on a slate: an integer in [1, 16384]. */
  readonly slateSize: number;
  /** Documents to choose a slate from: an integer in [slateSize, 32768]. */
  readonly numCandidates: number;
  /** When candidates are drawn anew: at every step, once per user, or once per seed for all users. Default: "step". */
  readonly resample?: "step" | "episode" | "never";
  /** Steps after which every episode ends; integer in [1, 65536]. Default: none. */
  readonly timeBudget?: number;
  readonly documents: DocumentSampler<Document, Doc, State>;
  readonly users: UserModel<State, User, Document, Response>;
  readonly choice: ChoiceModel;
  readonly responses: ResponseModel<State, Document, Response>;
  /** Reward of a step, in [-1e100, 1e100]. */
  reward(responses: readonly Response[]): number;
  /** Expectations for the estimator "controlled". Without them it is refused. */
  readonly controlVariates?: ControlModel<State, Document>;
  /** Metrics that runs report beside total reward and episode length, by name: see `metrics`. */
  readonly metrics?: Metrics & CustomMetrics<State, Document, Response>;
}

type CustomMetrics<State, Document, Response> = Readonly<
  Record<string, Metric<MetricStep<WorldTypes & { readonly document: Document; readonly response: Response }, State>>>
>;

/** The types of a world that `defineWorld` made. */
export interface CustomTypes<User, Doc, Response, Document, Metrics> extends WorldTypes {
  readonly user: User;
  readonly doc: Doc;
  readonly response: Response;
  readonly document: Document;
  readonly batch: readonly Observation<User, Doc, Response>[];
  readonly parameters: Json;
  readonly metrics: keyof Metrics & string;
  readonly series: SeriesNamesOf<Metrics>;
  readonly tracedState: { readonly state: Json; readonly observation: User };
  readonly tracedStep: { readonly responses: readonly Response[] };
}

/** A world that `defineWorld` made. */
export interface CustomWorld<T extends WorldTypes = WorldTypes> extends World<T> {
  readonly version: number;
}
