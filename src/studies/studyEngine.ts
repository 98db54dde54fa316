import { countInBins } from "../numeric/histogram.js";
import { BLOCK_USERS, cut, type BlockEngine, type BlockTotals, type Users } from "../statistics/blocks.js";
import { openContender } from "../engines/openEngine.js";
import type { OwnBlockTotals } from "../montecarlo/ownTally.js";
import { pairSums } from "../statistics/pairs.js";
import { pairsOf, type Study } from "./study.js";
import type { ContenderBlock, StudyBlock } from "./studyBlock.js";
import { StudyWatch } from "./studyWatch.js";

function counted({ returns, ...sums }: BlockTotals | OwnBlockTotals): ContenderBlock {
  return { ...sums, histogram: countInBins(returns) };
}

type OpenedEngine = BlockEngine<BlockTotals | OwnBlockTotals>;

/** Told after every part of a block which user is reached: a promise to wait for, or nothing. */
export type Rest = (nextUser: number) => Promise<void> | undefined;

/** Lives the blocks of a study, contender after contender. */
export class StudyEngine {
  private readonly engines: readonly OpenedEngine[];
  private readonly watch: StudyWatch;

  private constructor(engines: readonly OpenedEngine[], watch: StudyWatch) {
    this.engines = engines;
    this.watch = watch;
  }

  static async open(study: Study): Promise<StudyEngine> {
    const watch = new StudyWatch(study.contenders);
    try {
      const opened = study.contenders.map((contender, place) =>
        watch.call(place, () => openContender(contender, study)),
      );
      return new StudyEngine(await Promise.all(opened), watch);
    } catch (error) {
      watch.end();
      throw error;
    }
  }

  /** The blocks of neighbouring users, in their order; none if code of the caller's failed meanwhile. */
  async live(portion: Users, rest: Rest): Promise<StudyBlock[]> {
    const blocks: StudyBlock[] = [];
    this.watch.begin(portion);
    for (const block of cut(portion, BLOCK_USERS)) blocks.push(await this.liveBlock(block, rest));
    await this.watch.settle();
    return blocks;
  }

  /** What code of the caller's left to run is given up. */
  close(): void {
    this.watch.end();
  }

  /** Where there are several contenders, `rest` is told of parts of the way. */
  private async liveBlock(block: Users, rest: Rest): Promise<StudyBlock> {
    const totals: (BlockTotals | OwnBlockTotals)[] = [];
    for (const [place, engine] of this.engines.entries()) {
      engine.begin();
      for (const part of cut(block, engine.partUsers)) {
        this.watch.call(place, () => engine.live(part.firstUser, part.users));
        const partsDone = totals.length * block.users + part.firstUser + part.users - block.firstUser;
        const pause = rest(block.firstUser + Math.floor(partsDone / this.engines.length));
        if (pause) await pause; // awaiting nothing would cost a turn of the queue for every part
        this.watch.throwFailure();
      }
      totals.push(engine.totals());
    }
    const pairs = pairsOf(totals.length).map(([a, b]) => pairSums(totals[a]!.returns, totals[b]!.returns));
    return {
      users: block.users,
      contenders: totals.map(counted),
      pairs,
    };
  }
}
