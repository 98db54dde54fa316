import type { Key } from "../../random/seedKey.js";
import { observedCopy } from "../../spaces/observedCopy.js";
import type { BatchBackend } from "../../world/batchBackend.js";
import { Episode } from "../../world/episode.js";
import type { ObservationOf, WorldTypes } from "../../world/worldTypes.js";
import type { World } from "../../world/world.js";
import type { OpenWorld } from "../../world/openWorld.js";

/** Backend of a batch environment of any world: steps one environment after the other in TypeScript. Each returns what `makeEnv`'s would. */
export class EpisodeBackend<T extends WorldTypes> implements BatchBackend<readonly ObservationOf<T>[]> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  /** A new list whenever it changes, so that lists returned earlier stay as they are. */
  observation: readonly ObservationOf<T>[] = [];
  private readonly world: World<T>;
  private readonly episodes: Episode<T>[] = [];
  /** Responses to the last slates; null after a reset. */
  private readonly responses: (readonly T["response"][] | null)[] = [];
  private key: Key;
  private opened: OpenWorld<T>;

  constructor(world: World<T>, environments: number, key: Key) {
    this.world = world;
    this.slates = new Int32Array(environments * world.slateSize);
    this.rewards = new Float64Array(environments);
    this.terminated = new Uint8Array(environments);
    this.key = key;
    this.opened = world.open(key);
  }

  open(key: Key): void {
    this.key = key;
    this.opened = this.world.open(key);
  }

  begin(mask: Uint8Array, users: Uint32Array): void {
    this.update(mask, (index) => {
      this.episodes[index] = new Episode(this.world, this.opened, this.key, users[index]!);
      this.responses[index] = null;
      this.rewards[index] = 0;
    });
  }

  step(mask: Uint8Array): void {
    const { slateSize } = this.world;
    this.update(mask, (index) => {
      const slate = this.slates.subarray(index * slateSize, (index + 1) * slateSize);
      const { responses, reward } = this.episodes[index]!.step(slate);
      this.responses[index] = responses;
      this.rewards[index] = reward;
    });
  }

  keep(): readonly ObservationOf<T>[] {
    return this.observation;
  }

  /** Observes all environments again, because callers may have written into earlier observations. */
  private update(mask: Uint8Array, change: (index: number) => void): void {
    this.observation = Array.from(mask, (meant, index) => {
      if (meant === 1) change(index);
      const episode = this.episodes[index]!;
      this.terminated[index] = episode.user.terminated ? 1 : 0;
      return episode.observe(observedCopy(this.responses[index]!, "responses"));
    });
  }
}
