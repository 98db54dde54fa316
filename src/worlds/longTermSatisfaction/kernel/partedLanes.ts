import type { Key } from "../../../random/seedKey.js";
import type { CorpusDocument } from "../parameters.js";
import type { LtsResponse, LtsUser } from "../shownLife.js";
import type { LongTermSatisfactionWorld } from "../world.js";
import type { OpenWorld } from "../../../world/world.js";
import { Episode } from "../../../world/episode.js";
import type { KernelRows } from "./kernelBatch.js";
import { showLane } from "../batchObservation.js";

/** Lanes of a kernel's batch that have fallen out of step: the same lives in TypeScript, shown in the same rows. */
export class PartedLanes {
  private readonly world: LongTermSatisfactionWorld;
  private readonly key: Key;
  private readonly opened: OpenWorld<LtsUser, LtsResponse>;
  private readonly rows: KernelRows;
  private readonly episodes: Episode<LtsUser, CorpusDocument, LtsResponse>[];

  /** Takes the lives over from a kernel that has led the users from `firstUser` on for `time` steps. */
  constructor(world: LongTermSatisfactionWorld, key: Key, rows: KernelRows, firstUser: number, time: number) {
    this.world = world;
    this.key = key;
    this.opened = world.open(key);
    this.rows = rows;
    this.episodes = Array.from(rows.exposures, (exposure, lane) => {
      const episode = this.episodeOf(firstUser + lane);
      episode.restore({ exposure, satisfaction: rows.satisfactions[lane]! }, time);
      return episode;
    });
  }

  begin(lane: number, user: number): void {
    this.episodes[lane] = this.episodeOf(user);
    this.show(lane, -1, 0);
  }

  /** One step with the slate in the rows; whether the life is over now. */
  live(lane: number): boolean {
    const { slateSize } = this.world;
    const episode = this.episodes[lane]!;
    const slate = this.rows.slates.subarray(lane * slateSize, (lane + 1) * slateSize);
    const { choice, responses } = episode.step(Array.from(slate));
    this.show(lane, choice, this.world.reward(responses));
    return episode.life.terminated;
  }

  private episodeOf(user: number): Episode<LtsUser, CorpusDocument, LtsResponse> {
    return new Episode(this.world, this.opened, this.key, user);
  }

  private show(lane: number, choice: number, engagement: number): void {
    showLane(this.rows.observation, lane, this.episodes[lane]!, choice, engagement);
  }
}
