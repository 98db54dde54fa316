import type { Json } from "../check/json.js";
import { WORLD_STREAM, wordSource } from "../random/address.js";
import type { Key } from "../random/seedKey.js";
import type { Candidates, OpenWorld } from "./openWorld.js";
import type { SimulatedUser, UserStep } from "./simulatedUser.js";
import type { ObservationOf, WorldTypes } from "./worldTypes.js";

/** What an episode asks of its world. */
export interface ShownDocuments<T extends WorldTypes = WorldTypes> {
  /** Never there: it carries the types. */
  readonly types?: T;
  /** Documents to choose a slate from. */
  readonly numCandidates: number;
  /** What is observed of a document: a new object every time. */
  observeDocument(document: T["document"]): T["doc"];
}

/** One user and the candidates shown to it: the episode that this user has in `simulate` under the same key. */
export class Episode<T extends WorldTypes = WorldTypes> {
  readonly user: SimulatedUser<T>;
  private readonly world: ShownDocuments<T>;
  private readonly candidates: Candidates<T["document"]>;
  /** The candidates drawn last, and the step that they were drawn for. */
  private drawn: readonly T["document"][] = [];
  private drawnFor = -1;

  /** `opened` is the world under that key. */
  constructor(world: ShownDocuments<T>, opened: OpenWorld<T>, key: Key, user: number) {
    const source = wordSource(key, WORLD_STREAM, user);
    this.world = world;
    this.user = opened.user(source);
    this.candidates = opened.candidates(source);
  }

  /** The candidates now, by position: never those of another step, even if a world's sampler threw. */
  get documents(): readonly T["document"][] {
    const { time } = this.user;
    if (this.drawnFor !== time) {
      this.drawn = this.candidates.documents(time);
      this.drawnFor = time;
    }
    return this.drawn;
  }

  /** The id of the first of the candidates; the others follow. */
  get firstId(): number {
    return this.candidates.firstId(this.user.time);
  }

  /** The ids of the candidates now, by position. */
  documentIds(): number[] {
    return idsFrom(this.firstId, this.world.numCandidates);
  }

  /** The documents at those positions. Candidates that nothing has looked at are not drawn for it. */
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

  /** One step with the documents at those positions. */
  step(positions: ArrayLike<number>): UserStep<T["response"]> {
    return this.user.step(this.slate(positions));
  }

  /** Resumes from a user's snapshot, after `time` steps. Throws `InvalidInput` for what is none. */
  restore(snapshot: Json, time: number): void {
    this.user.restore(snapshot, time);
  }

  /** What is observed now; `response` is what the user did with the last slate. */
  observe(response: readonly T["response"][] | null): ObservationOf<T> {
    return { user: this.user.observe(), doc: observeDocuments(this.world, this.documents), response };
  }
}

/** A user in the midst of a run. */
export interface ActiveUser<T extends WorldTypes = WorldTypes> {
  readonly user: number;
  readonly episode: Episode<T>;
  /** Reward of the last slate, and the responses to it; 0 and null before the first. */
  reward: number;
  responses: readonly T["response"][] | null;
  /** What the policy keeps of this user. A field, as a WeakMap takes the garbage collector longer than all else. */
  policyState: unknown;
}

/** What is observed of candidates, by position. */
export function observeDocuments<T extends WorldTypes>(
  world: ShownDocuments<T>,
  documents: readonly T["document"][],
): readonly T["doc"][] {
  const observed: T["doc"][] = [];
  for (let position = 0; position < documents.length; position++) {
    observed.push(world.observeDocument(documents[position]));
  }
  return observed;
}

/** The ids of that many candidates, the first of which has the id `firstId`. */
export function idsFrom(firstId: number, count: number): number[] {
  const ids: number[] = [];
  for (let position = 0; position < count; position++) ids.push(firstId + position);
  return ids;
}
