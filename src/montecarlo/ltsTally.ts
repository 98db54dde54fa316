import type { CorpusDocument } from "../worlds/longTermSatisfaction/parameters.js";
import type { ShownLife } from "../worlds/longTermSatisfaction/shownLife.js";
import type { UserLife } from "../world/world.js";
import { BlockTally } from "../statistics/blockTally.js";
import type { BlockTotals } from "../statistics/blocks.js";
import type { Estimator } from "../statistics/estimator.js";
import type { LifeTally, Witness } from "../engines/episodeEngine.js";
import { UserDigest } from "../statistics/userDigest.js";

/** Adds up a block of the long-term satisfaction world whose users were led one by one. */
export class LtsTally implements LifeTally<BlockTotals> {
  private readonly slateSize: number;
  private readonly steps: number;
  private readonly estimator: Estimator;
  private block: BlockTally;

  constructor(slateSize: number, steps: number, estimator: Estimator) {
    this.estimator = estimator;
    this.slateSize = slateSize;
    this.steps = steps;
    this.block = new BlockTally(slateSize, steps, estimator);
  }

  begin(): void {
    this.block = new BlockTally(this.slateSize, this.steps, this.estimator);
  }

  /** Lives of this world are of that class. */
  open(user: number, shown: UserLife): Witness {
    const { block } = this;
    const { life } = shown as ShownLife;
    const digest = new UserDigest(user);
    const sums = block.openUser();
    const foresee = (slate: readonly unknown[]): void => {
      const documents = slate as readonly CorpusDocument[];
      const educativeness = documents.map((each) => each.educativeness);
      sums.expectedEngagement += life.expectedEngagement(educativeness);
    };
    return {
      foresee: this.estimator === "expected" ? foresee : undefined,
      step: (step, slot, engagement, document) => {
        const { exposure, satisfaction, timeBudget } = life;
        digest.fold(slot, engagement, exposure, timeBudget);
        const clicked = (document as CorpusDocument | undefined)?.educativeness ?? 0;
        block.addStep(sums, step, slot, clicked, engagement, satisfaction);
      },
      close: () => block.closeUser(sums, life.exposure, life.satisfaction, digest.value),
    };
  }

  totals(): BlockTotals {
    return this.block.totals();
  }
}
