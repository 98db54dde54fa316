import { countInBins } from "../../numeric/histogram.js";
import { BLOCK_USERS, cut, type BlockEngine, type BlockTotals, type Users } from "../blockTotals.js";
import { openContender } from "../openEngine.js";
import type { OwnBlockTotals } from "../ownTally.js";
import { pairSums } from "./pairs.js";
import { pairsOf, type Study } from "./study.js";
import type { ContenderBlock, StudyBlock } from "./studyBlock.js";

function counted({ returns, ...sums }: BlockTotals | OwnBlockTotals): ContenderBlock {
  return { ...sums, histogram: countInBins(returns) };
}

/** Told after every part of a block which user is reached: a promise to wait for, or nothing. */
export type Rest = (nextUser: number) => Promise<void> | undefined;

/** Lives the blocks of a study, contender after contender. */
export class StudyEngine {
  private readonly engines: readonly BlockEngine<BlockTotals | OwnBlockTotals>[];

  private constructor(engines: readonly BlockEngine<BlockTotals | OwnBlockTotals>[]) {
    this.engines = engines;
  }

  static async open(study: Study): Promise<StudyEngine> {
    return new StudyEngine(await Promise.all(study.contenders.map((contender) => openContender(contender, study))));
  }

  /** The blocks of neighbouring users, in their order. */
  async live(portion: Users, rest: Rest): Promise<StudyBlock[]> {
    const blocks: StudyBlock[] = [];
    for (const block of cut(portion, BLOCK_USERS)) blocks.push(await this.liveBlock(block, rest));
    return blocks;
  }

  /** Where there are several contenders, `rest` is told of parts of the way. */
  private async liveBlock(block: Users, rest: Rest): Promise<StudyBlock> {
    const totals: (BlockTotals | OwnBlockTotals)[] = [];
    for (const engine of this.engines) {
      engine.begin();
      for (const part of cut(block, engine.partUsers)) {
        engine.live(part.firstUser, part.users);
        const partsDone = totals.length * block.users + part.firstUser + part.users - block.firstUser;
        const pause = rest(block.firstUser + Math.floor(partsDone / this.engines.length));
        if (pause) await pause; // awaiting nothing would cost a turn of the queue for every part
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
