import { PairTotals } from "../statistics/pairs.js";
import { RunTotals } from "../statistics/runTotals.js";
import { pairsOf, totalsShape, type Study } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";

/** The totals of a study's blocks, in a size that does not depend on how many there are. */
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
