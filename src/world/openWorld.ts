import type { WordSource } from "../random/address.js";
import type { SimulatedUser } from "./simulatedUser.js";
import type { WorldTypes } from "./worldTypes.js";

/** A world under a seed. */
export interface OpenWorld<T extends WorldTypes = WorldTypes> {
  /** The candidates that draws from this source make. */
  candidates(source: WordSource): Candidates<T["document"]>;
  /** A user before the first step. */
  user(source: WordSource): SimulatedUser<T>;
}

/** Draws the documents to choose slates from. */
export interface Candidates<Document = unknown> {
  /** The candidates after `step` steps, in the order of their positions. */
  documents(step: number): readonly Document[];
  /** The one of them at that position, which is all that need be drawn where nothing else is looked at. */
  document(step: number, position: number): Document;
  /** The id of the first of them; the others follow. */
  firstId(step: number): number;
}
