import type { Key } from "../../random/seedKey.js";
import type { OpenWorld, World } from "../../world/world.js";
import type { Observation } from "../../spaces/observation.js";
import { shownCopy } from "../../spaces/shownCopy.js";
import { Episode } from "../../world/episode.js";
import type { Lanes } from "../../world/lanes.js";

/** Lanes of any world, one life after the other in TypeScript: each shows what its own environment would show. */
export class LifeLanes<User, Shown, Response> implements Lanes<readonly Observation<User, Shown, Response>[]> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  /** A new list whenever it changes, so that those handed out stay as they are. */
  observation: readonly Observation<User, Shown, Response>[] = [];
  private readonly world: World<User, Shown, Response>;
  private readonly episodes: Episode<User, Shown, Response>[] = [];
  /** What the users did with their last slates. */
  private readonly responses: (readonly Response[] | null)[] = [];
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
      this.responses[lane] = null;
      this.rewards[lane] = 0;
    });
  }

  live(lanes: Uint8Array): void {
    const { slateSize } = this.world;
    this.update(lanes, (lane) => {
      const slate = Array.from(this.slates.subarray(lane * slateSize, (lane + 1) * slateSize));
      const { responses } = this.episodes[lane]!.step(slate);
      this.responses[lane] = responses;
      this.rewards[lane] = this.world.reward(responses);
    });
  }

  keep(): readonly Observation<User, Shown, Response>[] {
    return this.observation;
  }

  /** Shows all lanes anew: whoever was shown the others before may have written over what he saw. */
  private update(lanes: Uint8Array, live: (lane: number) => void): void {
    this.observation = Array.from(lanes, (meant, lane) => {
      if (meant === 1) live(lane);
      const episode = this.episodes[lane]!;
      this.terminated[lane] = episode.life.terminated ? 1 : 0;
      return episode.observe(shownCopy(this.responses[lane]!, "responses"));
    });
  }
}
