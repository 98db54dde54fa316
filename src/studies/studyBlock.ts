import type { BinCounts } from "../numeric/histogram.js";
import type { BlockTotals } from "../statistics/blocks.js";
import type { OwnBlockTotals } from "../montecarlo/ownTally.js";
import type { PairSums } from "../statistics/pairs.js";

type Sent<Totals> = Omit<Totals, "returns"> & { readonly histogram: BinCounts };

/** Totals of a block with its returns counted, no longer one by one. */
export type LtsSentBlock = Sent<BlockTotals>;
export type OwnSentBlock = Sent<OwnBlockTotals>;
export type ContenderBlock = LtsSentBlock | OwnSentBlock;

/** What a block of users leaves behind in a study: plain data that can be sent and stored. */
export interface StudyBlock {
  readonly users: number;
  /** In the order of the contenders. */
  readonly contenders: readonly ContenderBlock[];
  /** In the order of `pairsOf`. */
  readonly pairs: readonly PairSums[];
}

/** The steps that a block's users lived, under all contenders; lives of own worlds may end before `steps`. */
export function stepsIn({ users, contenders }: StudyBlock, steps: number): number {
  const lived = contenders.map((each) =>
    "lived" in each ? each.lived.reduce((sum, count) => sum + count, 0) : users * steps,
  );
  return lived.reduce((sum, count) => sum + count, 0);
}
