import type { Key } from "../../../random/seedKey.js";
import { Episode } from "../../../world/episode.js";
import type { OpenWorld } from "../../../world/openWorld.js";
import { writeUser } from "../batchObservation.js";
import type { Parameters } from "../parameters.js";
import type { LongTermSatisfactionWorld, LtsTypes } from "../types.js";
import type { KernelRows } from "./kernelBatch.js";

/** Users of a kernel's batch that are no longer at the same step: the same episodes in TypeScript, observed in the same rows. */
export class SplitBatch {
  private readonly world: LongTermSatisfactionWorld<Parameters>;
  private readonly key: Key;
  private readonly opened: OpenWorld<LtsTypes<Parameters>>;
  private readonly rows: KernelRows;
  private readonly episodes: Episode<LtsTypes<Parameters>>[];

  /** Takes over from a kernel that has simulated the users from `firstUser` on for `time` steps. */
  constructor(
    world: LongTermSatisfactionWorld<Parameters>,
    key: Key,
    rows: KernelRows,
    firstUser: number,
    time: number,
  ) {
    this.world = world;
    this.key = key;
    this.opened = world.open(key);
    this.rows = rows;
    this.episodes = Array.from(rows.exposures, (exposure, index) => {
      const episode = this.episodeOf(firstUser + index);
      episode.restore({ exposure, satisfaction: rows.satisfactions[index]! }, time);
      return episode;
    });
  }

  begin(index: number, user: number): void {
    const episode = this.episodeOf(user);
    this.episodes[index] = episode;
    writeUser(this.rows.observation, index, { episode, reward: 0, responses: null }, this.world.slateSize);
  }

  /** Takes one step with the slate in the rows. Returns whether the episode has ended. */
  step(index: number): boolean {
    const { slateSize } = this.world;
    const episode = this.episodes[index]!;
    const slate = this.rows.slates.subarray(index * slateSize, (index + 1) * slateSize);
    const { responses, reward } = episode.step(slate);
    writeUser(this.rows.observation, index, { episode, reward, responses }, slateSize);
    return episode.user.terminated;
  }

  private episodeOf(user: number): Episode<LtsTypes<Parameters>> {
    return new Episode(this.world, this.opened, this.key, user);
  }
}
