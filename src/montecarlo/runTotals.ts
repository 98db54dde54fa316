import { ExactSum } from "../numeric/exactSum.js";
import { Histogram } from "../numeric/histogram.js";
import { OWN_SERIES_COLUMNS } from "./ownTally.js";
import type { LtsSentBlock, OwnSentBlock } from "./study/studyBlock.js";
import { ValueTotals } from "./valueTotals.js";

/** What the totals of all worlds have. */
class SharedTotals {
  users = 0;
  /** For each slot, in how many steps the choice went past it. */
  readonly past: number[];
  readonly series: readonly ExactSum[];
  digest = 0n;
  /** Of the users' returns. */
  readonly histogram = new Histogram();

  constructor(slateSize: number, seriesLength: number) {
    this.past = Array.from({ length: slateSize }, () => 0);
    this.series = Array.from({ length: seriesLength }, () => new ExactSum());
  }

  protected addShared({ past, series, digest, histogram }: SharedBlock, users: number): void {
    this.users += users;
    for (let slot = 0; slot < this.past.length; slot++) this.past[slot]! += past[slot]!;
    for (let i = 0; i < this.series.length; i++) this.series[i]!.add(series[i]!);
    this.digest = BigInt.asUintN(64, this.digest + digest);
    this.histogram.add(histogram);
  }

  protected mergeShared(other: SharedTotals): void {
    this.users += other.users;
    for (let slot = 0; slot < this.past.length; slot++) this.past[slot]! += other.past[slot]!;
    for (let i = 0; i < this.series.length; i++) this.series[i]!.addSum(other.series[i]!);
    this.digest = BigInt.asUintN(64, this.digest + other.digest);
    this.histogram.merge(other.histogram);
  }
}

type SharedBlock = Pick<LtsSentBlock, "past" | "series" | "digest" | "histogram">;

/**
 * The totals of any number of blocks, in a size that does not depend on how many. Adding is exact, so blocks may come in
 * any order and in any grouping.
 */
export class RunTotals extends SharedTotals {
  readonly totalEngagement = new ValueTotals();
  /** Of the engagement that was drawn, where returns are expectations; else empty. */
  readonly sampledEngagement = new ValueTotals();
  readonly finalSatisfaction = new ValueTotals();
  readonly finalExposure = new ValueTotals();
  readonly clicked = new ValueTotals();
  clicks = 0;
  readonly sumOfSquaredCounts = new ExactSum();
  readonly sumOfSquaredSums = new ExactSum();
  readonly sumOfProducts = new ExactSum();

  addBlock(block: LtsSentBlock, users: number): void {
    this.addShared(block, users);
    this.totalEngagement.addSums(block.totalEngagement);
    if (block.sampledEngagement) this.sampledEngagement.addSums(block.sampledEngagement);
    this.finalSatisfaction.addSums(block.finalSatisfaction);
    this.finalExposure.addSums(block.finalExposure);
    this.clicked.addSums(block.clicks);
    this.clicks += block.clicks.count;
    this.sumOfSquaredCounts.add(block.clicks.sumOfSquaredCounts);
    this.sumOfSquaredSums.add(block.clicks.sumOfSquaredSums);
    this.sumOfProducts.add(block.clicks.sumOfProducts);
  }

  merge(other: RunTotals): void {
    this.mergeShared(other);
    this.totalEngagement.merge(other.totalEngagement);
    this.sampledEngagement.merge(other.sampledEngagement);
    this.finalSatisfaction.merge(other.finalSatisfaction);
    this.finalExposure.merge(other.finalExposure);
    this.clicked.merge(other.clicked);
    this.clicks += other.clicks;
    this.sumOfSquaredCounts.addSum(other.sumOfSquaredCounts);
    this.sumOfSquaredSums.addSum(other.sumOfSquaredSums);
    this.sumOfProducts.addSum(other.sumOfProducts);
  }
}

/** The same of an own world. */
export class OwnTotals extends SharedTotals {
  readonly totalReward = new ValueTotals();
  readonly episodeLength = new ValueTotals();
  /** How many users lived each step. */
  readonly lived: number[];

  constructor(slateSize: number, steps: number) {
    super(slateSize, steps * OWN_SERIES_COLUMNS);
    this.lived = Array.from({ length: steps }, () => 0);
  }

  addBlock(block: OwnSentBlock, users: number): void {
    this.addShared(block, users);
    this.totalReward.addSums(block.totalReward);
    this.episodeLength.addSums(block.episodeLength);
    block.lived.forEach((count, step) => (this.lived[step]! += count));
  }

  merge(other: OwnTotals): void {
    this.mergeShared(other);
    this.totalReward.merge(other.totalReward);
    this.episodeLength.merge(other.episodeLength);
    other.lived.forEach((count, step) => (this.lived[step]! += count));
  }
}
