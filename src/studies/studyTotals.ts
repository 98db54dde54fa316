import { PairTotals } from "../statistics/pairs.js";
import { RunTotals } from "../statistics/runTotals.js";
import { pairsOf, totalsShape, type Study } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";

/** Totals of a study's blocks; their size does not depend on the number of blocks. */
export class StudyTotals {
  users = 0;
  /** In the order of the variants. */
  readonly variants: readonly RunTotals[];
  /** In the order of `pairsOf`. */
  readonly pairs: readonly PairTotals[];

  constructor(study: Study) {
    this.variants = study.variants.map((variant) => new RunTotals(totalsShape(variant, study)));
    this.pairs = pairsOf(study.variants.length).map(() => new PairTotals());
  }

  addBlock({ users, variants, pairs }: StudyBlock): void {
    this.users += users;
    variants.forEach((block, place) => this.variants[place]!.addBlock(block, users));
    pairs.forEach((sums, place) => this.pairs[place]!.addSums(sums));
  }
}
