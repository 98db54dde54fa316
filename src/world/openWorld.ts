import type { WordSource } from "../random/address.js";
import type { SimulatedUser } from "./simulatedUser.js";
import type { WorldTypes } from "./worldTypes.js";

/** A world under a seed. */
export interface OpenWorld<T extends WorldTypes = WorldTypes> {
  /** Returns the candidates drawn from this source; for one user alone they may depend on the user's state. */
  candidates(source: WordSource, user?: SimulatedUser<T>): Candidates<T["document"], T["doc"]>;
  /** Returns a user before the first step. */
  user(source: WordSource): SimulatedUser<T>;
}

/** Draws candidates. */
export interface Candidates<Document = unknown, Doc = unknown> {
  /** Returns the candidates after `step` steps, by position. */
  documents(step: number): readonly Document[];
  /** Returns the candidate at that position without drawing the others. */
  document(step: number, position: number): Document;
  /** Returns the observations of the candidates after `step` steps, new objects every time. Default: the world's `observeDocument` of each. */
  observed?(step: number): readonly Doc[];
  /** Returns the id of the first candidate; the others follow. */
  firstId(step: number): number;
}
