import type { Json } from "../check/json.js";
import { WORLD_STREAM, wordSource } from "../random/address.js";
import type { Key } from "../random/seedKey.js";
import type { Candidates, OpenWorld } from "./openWorld.js";
import type { SimulatedUser, UserStep } from "./simulatedUser.js";
import type { ObservationOf, WorldTypes } from "./worldTypes.js";

/** Parts of a world that an episode needs. */
export interface EpisodeWorld<T extends WorldTypes = WorldTypes> {
  /** Always undefined; carries the types. */
  readonly types?: T;
  /** Documents to choose a slate from. */
  readonly numCandidates: number;
  /** Returns the observation of a document, a new object every time. */
  observeDocument(document: T["document"]): T["doc"];
}

/** Simulates one user and its candidates: the user's episode in `simulate` under the same key. */
export class Episode<T extends WorldTypes = WorldTypes> {
  readonly user: SimulatedUser<T>;
  private readonly world: EpisodeWorld<T>;
  private readonly candidates: Candidates<T["document"], T["doc"]>;
  /** The last candidates, and their step. */
  private drawn: readonly T["document"][] = [];
  private drawnFor = -1;

  /** `opened` is the world under that key. */
  constructor(world: EpisodeWorld<T>, opened: OpenWorld<T>, key: Key, user: number) {
    const source = wordSource(key, WORLD_STREAM, user);
    this.world = world;
    this.user = opened.user(source);
    this.candidates = opened.candidates(source, this.user);
  }

  /** Returns the current candidates, by position: never those of another step, even if a world's sampler threw. */
  get documents(): readonly T["document"][] {
    const { time } = this.user;
    if (this.drawnFor !== time) {
      this.drawn = this.candidates.documents(time);
      this.drawnFor = time;
    }
    return this.drawn;
  }

  /** Returns the id of the first candidate; the others follow. */
  get firstId(): number {
    return this.candidates.firstId(this.user.time);
  }

  /** Returns the ids of the current candidates, by position. */
  documentIds(): number[] {
    return idsFrom(this.firstId, this.world.numCandidates);
  }

  /** Returns the documents at those positions. Does not draw other candidates. */
  slate(positions: ArrayLike<number>): T["document"][] {
    const { time } = this.user;
    const drawn = this.drawnFor === time;
    const slate: T["document"][] = []; // pushed, as `Array.from` takes many times as long
    for (let slot = 0; slot < positions.length; slot++) {
      const position = positions[slot]!;
      slate.push(drawn ? this.drawn[position] : this.candidates.document(time, position));
    }
    return slate;
  }

  /** Takes one step with the documents at those positions. */
  step(positions: ArrayLike<number>): UserStep<T["response"]> {
    return this.user.step(this.slate(positions));
  }

  /** Resumes from a user's snapshot, after `time` steps. Throws `InvalidInput` for anything else. */
  restore(snapshot: Json, time: number): void {
    this.user.restore(snapshot, time);
  }

  /** Returns the current observation; `response` is that to the last slate. */
  observe(response: readonly T["response"][] | null): ObservationOf<T> {
    const doc = this.candidates.observed?.(this.user.time) ?? observeDocuments(this.world, this.documents);
    return { user: this.user.observe(), doc, response };
  }
}

/** A user during a run, at first before the first step of its episode. A class, as engines copy records slowly. */
export class ActiveUser<T extends WorldTypes = WorldTypes> {
  readonly user: number;
  readonly episode: Episode<T>;
  /** Reward of the last slate, and the responses to it; 0 and null before the first. */
  reward = 0;
  responses: readonly T["response"][] | null = null;
  /** State of the policy for this user. A field, because a WeakMap takes the garbage collector longer than all else. */
  policyState: unknown = undefined;

  constructor(user: number, episode: Episode<T>) {
    this.user = user;
    this.episode = episode;
  }
}

/** Returns the observations of candidates, by position. */
export function observeDocuments<T extends WorldTypes>(
  world: EpisodeWorld<T>,
  documents: readonly T["document"][],
): readonly T["doc"][] {
  const observed: T["doc"][] = [];
  for (let position = 0; position < documents.length; position++) {
    observed.push(world.observeDocument(documents[position]));
  }
  return observed;
}

/** Returns the ids of that many candidates, the first of which has the id `firstId`. */
export function idsFrom(firstId: number, count: number): number[] {
  const ids: number[] = [];
  for (let position = 0; position < count; position++) ids.push(firstId + position);
  return ids;
}
