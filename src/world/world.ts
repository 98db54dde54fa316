import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, numberMistake } from "../check/mistakes.js";
import type { Json } from "../check/json.js";
import type { WordSource } from "../random/address.js";
import type { Key } from "../random/seedKey.js";
import type { Space } from "../spaces/space.js";

/**
 * A world as everything above the scenarios sees it: the shape of its slates, what it shows, and how one user lives. It is
 * checked, frozen and known by its hash: two with equal hashes are the same world.
 */
export interface World<User = unknown, Shown = unknown, Response = unknown, Document = unknown> {
  readonly scenario: string;
  /** 16 hexadecimal digits over all that was said of the world; the scenario's name of a preset is not in it. */
  readonly hash: string;
  readonly slateSize: number;
  readonly numCandidates: number;
  /** Steps after which every life is over; Infinity where the world sets no such end. */
  readonly timeBudget: number;
  readonly userSpace: Space<User>;
  readonly documentSpace: Space<Shown>;
  readonly responseSpace: Space<Response>;
  /** What agents see of a document: a new object every time. */
  show(document: Document): Shown;
  /** What a step was worth, in [-1e100, 1e100]. Throws `InvalidInput` where a world of one's own says anything else. */
  reward(responses: readonly Response[]): number;
  /** Opens the world under a seed's key; what all users share is made once. */
  open(key: Key): OpenWorld<User, Response, Document>;
}

/** A world made by `defineWorld`: by its type, too, not the package's own. */
export interface OwnWorld<User = unknown, Shown = unknown, Response = unknown, Document = unknown> extends World<
  User,
  Shown,
  Response,
  Document
> {
  /** As the definition has it. */
  readonly version: number;
}

export interface OpenWorld<User = unknown, Response = unknown, Document = unknown> {
  /** The candidates that draws from this source make. */
  candidates(source: WordSource): Candidates<Document>;
  /** A life at its beginning. */
  user(source: WordSource): UserLife<User, Response, Document>;
}

/** Draws the documents to choose slates from. */
export interface Candidates<Document = unknown> {
  /** Those on show after `step` steps, in the order of their positions. */
  documents(step: number): readonly Document[];
  /** The number of the first of them; the others follow. */
  firstId(step: number): number;
}

/** What a user did in one step. */
export interface UserStep<Response = unknown> {
  /** Slot of the slate that was clicked; the slate's length for no click. */
  readonly choice: number;
  /** One for each slot. */
  readonly responses: readonly Response[];
  /** The chances that each slot had, no click last. */
  readonly choiceProbabilities: readonly number[];
}

/** One user, led from outside step by step. */
export interface UserLife<User = unknown, Response = unknown, Document = unknown> {
  /** Steps lived so far. */
  readonly time: number;
  readonly terminated: boolean;
  /** The user as shown now. */
  observe(): User;
  step(slate: readonly Document[]): UserStep<Response>;
  /** The numbers of the state, in a fixed order: what digests are folded over after a step. */
  stateNumbers(): readonly number[];
  snapshot(): Json;
  /** Goes on from a snapshot, after `time` steps. Throws `InvalidInput` for what is none. */
  restore(snapshot: Json, time: number): void;
}

/** As far as squares of whole lives' rewards, summed up over any run, are finite numbers. */
const LARGEST_REWARD = 1e100;

/** What a function of the caller's says that a step was worth, unless sums of it would be no numbers, and hide that. */
export function checkedReward(reward: number): number {
  if (typeof reward === "number" && Math.abs(reward) <= LARGEST_REWARD) return reward;
  throw new InvalidInput([numberMistake("reward", reward, { min: -LARGEST_REWARD, max: LARGEST_REWARD })!]);
}

/** The worlds that were checked and frozen by the package: only these are let in elsewhere. */
const made = new WeakSet<object>();

/** Freezes a world and lets it in. */
export function register<W extends World>(world: W): W {
  made.add(Object.freeze(world));
  return world;
}

export function worldMistake(world: unknown): string | undefined {
  const legal = typeof world === "object" && world !== null && made.has(world);
  return legal
    ? undefined
    : expectedMistake("world", "one made by `longTermSatisfaction`, `makeWorld` or `defineWorld`", world);
}
