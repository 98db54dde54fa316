import type { Key } from "../../random/seedKey.js";
import { observedCopy } from "../../spaces/observedCopy.js";
import type { BatchBackend } from "../../world/batchBackend.js";
import { ActiveUser, Episode } from "../../world/episode.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import type { World } from "../../world/world.js";
import type { OpenWorld } from "../../world/openWorld.js";

/** Backend of a batch environment of any world: steps one environment after the other in TypeScript. Each returns what `makeEnv`'s would. */
export class EpisodeBackend<T extends WorldTypes> implements BatchBackend<T["batch"]> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  /** A new one whenever it changes, so that those returned earlier stay as they are. */
  observation: T["batch"] = [];
  private readonly world: World<T>;
  private readonly users: ActiveUser<T>[] = [];
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
      const user = users[index]!;
      this.users[index] = new ActiveUser(user, new Episode(this.world, this.opened, this.key, user));
    });
  }

  step(mask: Uint8Array): void {
    const { slateSize } = this.world;
    this.update(mask, (index) => {
      const slate = this.slates.subarray(index * slateSize, (index + 1) * slateSize);
      const active = this.users[index]!;
      const { responses, reward } = active.episode.step(slate);
      active.responses = responses;
      active.reward = reward;
    });
  }

  keep(): T["batch"] {
    return this.observation;
  }

  /** Observes all environments again, because callers may have written into earlier observations. */
  private update(mask: Uint8Array, change: (index: number) => void): void {
    mask.forEach((meant, index) => {
      if (meant === 1) change(index);
      const { episode, reward } = this.users[index]!;
      this.rewards[index] = reward;
      this.terminated[index] = episode.user.terminated ? 1 : 0;
    });
    this.observation = this.world.observeBatch?.(this.users) ?? this.users.map((active) => observed(active));
  }
}

function observed<T extends WorldTypes>({ episode, responses }: ActiveUser<T>): unknown {
  return episode.observe(observedCopy(responses, "responses"));
}
