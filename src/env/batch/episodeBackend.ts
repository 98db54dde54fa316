import type { Key } from "../../random/seedKey.js";
import { shownCopy } from "../../spaces/shownCopy.js";
import type { BatchBackend } from "../../world/batchBackend.js";
import { Episode } from "../../world/episode.js";
import type { ObservationOf, WorldTypes } from "../../world/worldTypes.js";
import type { World } from "../../world/world.js";
import type { OpenWorld } from "../../world/openWorld.js";

/** A batch environment of any world, one user after the other in TypeScript: each shows what its own environment would show. */
export class EpisodeBackend<T extends WorldTypes> implements BatchBackend<readonly ObservationOf<T>[]> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  /** A new list whenever it changes, so that those handed out stay as they are. */
  observation: readonly ObservationOf<T>[] = [];
  private readonly world: World<T>;
  private readonly episodes: Episode<T>[] = [];
  /** To the last slates. */
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

  /** Observes all anew: whoever got the observations before may have written into them. */
  private update(mask: Uint8Array, change: (index: number) => void): void {
    this.observation = Array.from(mask, (meant, index) => {
      if (meant === 1) change(index);
      const episode = this.episodes[index]!;
      this.terminated[index] = episode.user.terminated ? 1 : 0;
      return episode.observe(shownCopy(this.responses[index]!, "responses"));
    });
  }
}
