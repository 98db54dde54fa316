import { openEngine } from "../engines/openEngine.js";
import { countInBins } from "../numeric/histogram.js";
import { BLOCK_USERS, splitUsers, type UserRange } from "../statistics/blocks.js";
import type { BlockSums } from "../statistics/blockSums.js";
import { pairSums } from "../statistics/pairs.js";
import type { CountedSums } from "../statistics/runTotals.js";
import type { BlockEngine } from "../world/blockEngine.js";
import { pairsOf, type Study } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";
import { StudyWatch } from "./studyWatch.js";

/** Called after every tile of a block with the user reached; returns a promise to wait for, or nothing. */
export type Pause = (nextUser: number) => Promise<void> | undefined;

/** Simulates the blocks of a study, variant after variant. */
export class StudySimulator {
  private readonly engines: readonly BlockEngine[];
  private readonly watch: StudyWatch;

  private constructor(engines: readonly BlockEngine[], watch: StudyWatch) {
    this.engines = engines;
    this.watch = watch;
  }

  static async open(study: Study): Promise<StudySimulator> {
    const watch = new StudyWatch(study);
    try {
      const opened = study.variants.map(({ world, policy, engine }, place) =>
        watch.call(place, () => openEngine(world, policy, engine, study)),
      );
      return new StudySimulator(await Promise.all(opened), watch);
    } catch (error) {
      watch.end();
      throw error;
    }
  }

  /** Returns the blocks of consecutive users, in order. Rejects if user code failed meanwhile. */
  async simulate(chunk: UserRange, pause: Pause): Promise<StudyBlock[]> {
    const blocks: StudyBlock[] = [];
    this.watch.begin(chunk);
    try {
      for (const block of splitUsers(chunk, BLOCK_USERS)) blocks.push(await this.simulateBlock(block, pause));
    } catch (error) {
      await this.watch.flush().catch(() => {}); // what else the code did must not come when nobody watches
      throw error;
    }
    await this.watch.flush();
    return blocks;
  }

  /** Cancels timers that user code has set. */
  close(): void {
    this.watch.end();
  }

  /** Simulates one block. With several variants, `pause` is called with a proportional part of the users. */
  private async simulateBlock(block: UserRange, pause: Pause): Promise<StudyBlock> {
    const sums: BlockSums[] = [];
    for (const [place, engine] of this.engines.entries()) {
      engine.begin();
      for (const tile of splitUsers(block, engine.tileUsers)) {
        this.watch.call(place, () => engine.simulate(tile.firstUser, tile.users));
        const done = sums.length * block.users + tile.firstUser + tile.users - block.firstUser;
        const paused = pause(block.firstUser + Math.floor(done / this.engines.length));
        if (paused) await paused; // awaiting nothing would cost a turn of the queue for every tile
        this.watch.throwFailure();
      }
      sums.push(engine.sums());
    }
    const pairs = pairsOf(sums.length).map(([a, b]) => pairSums(sums[a]!.returns, sums[b]!.returns));
    return { users: block.users, variants: sums.map(counted), pairs };
  }
}

function counted({ returns, ...sums }: BlockSums): CountedSums {
  return { ...sums, histogram: countInBins(returns) };
}
