import type { Key } from "../../random/seedKey.js";
import type { BatchBackend } from "../../world/batchBackend.js";
import { Episode } from "../../world/episode.js";
import type { OpenWorld } from "../../world/openWorld.js";
import { writeUser } from "./batchObservation.js";
import type { Parameters } from "./parameters.js";
import type { LongTermSatisfactionWorld, LtsBatchObservation, LtsTypes } from "./types.js";

/** The rows of a batch. */
export type BatchRows = Pick<BatchBackend<LtsBatchObservation>, "slates" | "terminated" | "observation">;

/** The state of users who have taken the same number of steps: [index]. */
export interface BatchState {
  readonly exposures: Float64Array;
  readonly satisfactions: Float64Array;
}

/** Users of a batch, each at a step of its own: the episodes of a kernel's batch in TypeScript, observed in the same rows. */
export class SplitBatch {
  private readonly world: LongTermSatisfactionWorld<Parameters>;
  private readonly key: Key;
  private readonly opened: OpenWorld<LtsTypes<Parameters>>;
  private readonly rows: BatchRows;
  private readonly episodes: Episode<LtsTypes<Parameters>>[] = [];

  constructor(world: LongTermSatisfactionWorld<Parameters>, key: Key, rows: BatchRows) {
    this.world = world;
    this.key = key;
    this.opened = world.open(key);
    this.rows = rows;
  }

  /** Goes on with the users from `firstUser` on, whom a kernel has simulated for `time` steps. */
  takeOver({ exposures, satisfactions }: BatchState, firstUser: number, time: number): void {
    exposures.forEach((exposure, index) => {
      const episode = this.episodeOf(firstUser + index);
      episode.restore({ exposure, satisfaction: satisfactions[index]! }, time);
      this.episodes[index] = episode;
    });
  }

  /** Begins the episodes of those users at the selected indices. */
  begin(mask: Uint8Array, users: Uint32Array): void {
    const { observation, terminated } = this.rows;
    for (let index = 0; index < mask.length; index++) {
      if (mask[index] === 0) continue;
      const episode = this.episodeOf(users[index]!);
      this.episodes[index] = episode;
      writeUser(observation, index, { episode, reward: 0, responses: null }, this.world.slateSize);
      terminated[index] = 0;
    }
  }

  /** Takes one step with the slates in the rows at the selected indices. */
  step(mask: Uint8Array): void {
    const { slateSize } = this.world;
    const { slates, observation, terminated } = this.rows;
    for (let index = 0; index < mask.length; index++) {
      if (mask[index] === 0) continue;
      const episode = this.episodes[index]!;
      const { responses, reward } = episode.step(slates.subarray(index * slateSize, (index + 1) * slateSize));
      writeUser(observation, index, { episode, reward, responses }, slateSize);
      terminated[index] = episode.user.terminated ? 1 : 0;
    }
  }

  private episodeOf(user: number): Episode<LtsTypes<Parameters>> {
    return new Episode(this.world, this.opened, this.key, user);
  }
}
