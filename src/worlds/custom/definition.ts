import type { ChoiceModel } from "../../choice/choiceModel.js";
import type { Json } from "../../check/json.js";
import type { Draws } from "../../random/draws.js";
import type { Space } from "../../spaces/space.js";

/** Where documents come from (RecSim's document and its sampler). */
export interface DocumentSampler<Document, Shown> {
  readonly space: Space<Shown>;
  /** A document from its own draws; `id` is its number among those of one user. */
  sample(draws: Draws, id: number): Document;
  /** What agents see of it: a copy of what this returns, or of the document, unless said otherwise. */
  observe?(document: Document): Shown;
}

/** What happened in a step, for the transition. */
export interface StepEvent<Document, Response> {
  /** The document clicked, and the response to it; null without a click. */
  readonly clicked: { readonly document: Document; readonly response: Response } | null;
  readonly slate: readonly Document[];
  readonly responses: readonly Response[];
  /** Steps lived before this one. */
  readonly step: number;
}

/**
 * The user (RecSim's user state, sampler and model). A state is plain data, and is never changed: a transition returns the
 * next one.
 */
export interface UserModel<State, User, Document, Response> {
  readonly space: Space<User>;
  /** The state at the beginning of a life: users may differ in it. */
  sample(draws: Draws): State;
  /** The user as agents see it, with noise from the draws. They are shown a copy: it may be a part of the state. */
  observe(state: State, draws: Draws): User;
  /** What the choice model makes its odds of. */
  scoreDocument(state: State, document: Document): number;
  /** A property, as of a method's parameters types are inferred that should only be checked. */
  readonly transition: (state: State, event: StepEvent<Document, Response>, draws: Draws) => State;
  /** Whether the life is over. Never, unless said otherwise. */
  isTerminal?(state: State): boolean;
}

/** What the user does with each document of the slate (RecSim's response). */
export interface ResponseModel<State, Document, Response> {
  readonly space: Space<Response>;
  /**
   * The response to one document; `state` is the one before the step, and every slot has draws of its own. Agents and `reward`
   * are given copies.
   */
  respond(state: State, document: Document, clicked: boolean, draws: Draws): Response;
}

/** A world of one's own. Randomness comes in through draws alone, so lives have the same bits everywhere. */
export interface WorldDefinition<State, User, Document, Shown, Response> {
  readonly name: string;
  /** The hash cannot see into functions: count this up when one of them changes what it does. Default 1. */
  readonly version?: number;
  /** The numbers behind the functions, for the hash. */
  readonly parameters?: Json;
  /** Integer in [1, 16384]. */
  readonly slateSize: number;
  /** Integer in [slateSize, 32768]. */
  readonly numCandidates: number;
  /** When candidates are drawn anew: at every step (default), once per user, or once per seed for all users. */
  readonly resample?: "step" | "episode" | "never";
  /** Steps after which every life is over, if there are; integer in [1, 65536]. */
  readonly timeBudget?: number;
  readonly documents: DocumentSampler<Document, Shown>;
  readonly users: UserModel<State, User, Document, Response>;
  readonly choice: ChoiceModel;
  readonly responses: ResponseModel<State, Document, Response>;
  /** What a step was worth, in [-1e100, 1e100]. */
  reward(responses: readonly Response[]): number;
}
