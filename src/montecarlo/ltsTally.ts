import type { CorpusDocument } from "../scenario/longTermSatisfaction/parameters.js";
import type { ShownLife } from "../scenario/longTermSatisfaction/shownLife.js";
import type { UserLife } from "../scenario/world.js";
import { BlockTally } from "./blockTally.js";
import type { BlockTotals } from "./blockTotals.js";
import type { LifeTally, Witness } from "./livesEngine.js";
import { UserDigest } from "./userDigest.js";

/** Adds up a block of the long-term satisfaction world whose users were led one by one. */
export class LtsTally implements LifeTally<BlockTotals> {
  private readonly slateSize: number;
  private readonly steps: number;
  private block: BlockTally;

  constructor(slateSize: number, steps: number) {
    this.slateSize = slateSize;
    this.steps = steps;
    this.block = new BlockTally(slateSize, steps);
  }

  begin(): void {
    this.block = new BlockTally(this.slateSize, this.steps);
  }

  /** Lives of this world are of that class. */
  open(user: number, shown: UserLife): Witness {
    const { block } = this;
    const { life } = shown as ShownLife;
    const digest = new UserDigest(user);
    const sums = block.openUser();
    return {
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
