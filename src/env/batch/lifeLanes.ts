import type { Key } from "../../random/seedKey.js";
import type { OpenWorld, World } from "../../scenario/world.js";
import type { Observation } from "../../spaces/observation.js";
import { Episode } from "../episode.js";
import type { Lanes } from "./lanes.js";

/** Lanes of any world, one life after the other in TypeScript: each shows what its own environment would show. */
export class LifeLanes<User, Shown, Response> implements Lanes<readonly Observation<User, Shown, Response>[]> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  /** A new list whenever it changes, so that those handed out stay as they are. */
  observation: readonly Observation<User, Shown, Response>[] = [];
  private readonly world: World<User, Shown, Response>;
  private readonly episodes: Episode<User, Shown, Response>[] = [];
  private key: Key;
  private opened: OpenWorld<User, Response>;

  constructor(world: World<User, Shown, Response>, users: number, key: Key) {
    this.world = world;
    this.slates = new Int32Array(users * world.slateSize);
    this.rewards = new Float64Array(users);
    this.terminated = new Uint8Array(users);
    this.key = key;
    this.opened = world.open(key);
  }

  open(key: Key): void {
    this.key = key;
    this.opened = this.world.open(key);
  }

  begin(lanes: Uint8Array, users: Uint32Array): void {
    this.update(lanes, (lane) => {
      const episode = new Episode(this.world, this.opened, this.key, users[lane]!);
      this.episodes[lane] = episode;
      this.rewards[lane] = 0;
      return episode.observe(null);
    });
  }

  live(lanes: Uint8Array): void {
    const { slateSize } = this.world;
    this.update(lanes, (lane) => {
      const slate = Array.from(this.slates.subarray(lane * slateSize, (lane + 1) * slateSize));
      const { responses } = this.episodes[lane]!.step(slate);
      this.rewards[lane] = this.world.reward(responses);
      return this.episodes[lane]!.observe(responses);
    });
  }

  keep(): readonly Observation<User, Shown, Response>[] {
    return this.observation;
  }

  private update(lanes: Uint8Array, see: (lane: number) => Observation<User, Shown, Response>): void {
    this.observation = Array.from(lanes, (meant, lane) => {
      if (meant === 0) return this.observation[lane]!;
      const seen = see(lane);
      this.terminated[lane] = this.episodes[lane]!.life.terminated ? 1 : 0;
      return seen;
    });
  }
}
