import { WORLD_STREAM, wordSource } from "../random/address.js";
import type { Key } from "../random/seedKey.js";
import type { Candidates, OpenWorld, UserLife, UserStep, World } from "./world.js";
import type { Observation } from "../spaces/observation.js";
import { showById } from "../env/observe.js";

/** One user's life and the candidates on show to it: the one that this user lives in `simulate` under the same key. */
export class Episode<User, Shown, Response> {
  readonly life: UserLife<User, Response>;
  private readonly world: World<User, Shown, Response>;
  private readonly candidates: Candidates;
  /** The candidates drawn last, and the step on whose show they are. */
  private drawn: readonly unknown[] = [];
  private drawnFor = -1;

  /** `opened` is the world under that key. */
  constructor(world: World<User, Shown, Response>, opened: OpenWorld<User, Response>, key: Key, user: number) {
    const source = wordSource(key, WORLD_STREAM, user);
    this.world = world;
    this.life = opened.user(source);
    this.candidates = opened.candidates(source);
  }

  /** The candidates on show now, by position: never those of another step, even if a world's sampler threw. */
  get documents(): readonly unknown[] {
    const { time } = this.life;
    if (this.drawnFor !== time) {
      this.drawn = this.candidates.documents(time);
      this.drawnFor = time;
    }
    return this.drawn;
  }

  /** The number of the first of the candidates; the others follow. */
  get firstId(): number {
    return this.candidates.firstId(this.life.time);
  }

  /** Lives one step with the documents at those positions. */
  step(slate: ArrayLike<number>): UserStep<Response> {
    const { documents } = this;
    const shown: unknown[] = []; // pushed, as `Array.from` takes many times as long
    for (let slot = 0; slot < slate.length; slot++) shown.push(documents[slate[slot]!]);
    return this.life.step(shown);
  }

  /** Goes on from a life's snapshot, after `time` steps. Throws `InvalidInput` for what is none. */
  restore(snapshot: Parameters<UserLife["restore"]>[0], time: number): void {
    this.life.restore(snapshot, time);
  }

  /** What is seen now; `response` is what the user did with the last slate. */
  observe(response: readonly Response[] | null): Observation<User, Shown, Response> {
    return { user: this.life.observe(), doc: showById(this.world, this.documents, this.firstId), response };
  }
}
