import { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { OwnTotals, RunTotals } from "../statistics/runTotals.js";
import type { ValueTotals } from "../statistics/valueTotals.js";
import { PairTotals } from "../statistics/pairs.js";
import { pairsOf, type Contender, type Study } from "./study.js";
import type { ContenderBlock, LtsSentBlock, OwnSentBlock, StudyBlock } from "./studyBlock.js";

/** The totals of a study's blocks, in a size that does not depend on how many there are. */
export class StudyTotals {
  users = 0;
  /** In the order of the contenders. */
  readonly contenders: readonly (RunTotals | OwnTotals)[];
  /** In the order of `pairsOf`. */
  readonly pairs: readonly PairTotals[];

  constructor({ contenders, steps }: Study) {
    this.contenders = contenders.map((contender) => noTotals(contender, steps));
    this.pairs = pairsOf(contenders.length).map(() => new PairTotals());
  }

  addBlock({ users, contenders, pairs }: StudyBlock): void {
    this.users += users;
    contenders.forEach((block, place) => addTo(this.contenders[place]!, block, users));
    pairs.forEach((sums, place) => this.pairs[place]!.addSums(sums));
  }
}

function noTotals({ world }: Contender, steps: number): RunTotals | OwnTotals {
  return world instanceof LongTermSatisfactionWorld
    ? new RunTotals(world.slateSize, steps)
    : new OwnTotals(world.slateSize, steps);
}

function addTo(totals: RunTotals | OwnTotals, block: ContenderBlock, users: number): void {
  if (totals instanceof RunTotals) totals.addBlock(block as LtsSentBlock, users);
  else totals.addBlock(block as OwnSentBlock, users);
}

/** Of the users' returns under one contender. */
export function returnTotals(totals: RunTotals | OwnTotals): ValueTotals {
  return totals instanceof RunTotals ? totals.totalEngagement : totals.totalReward;
}
