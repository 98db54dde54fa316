import { ExactMoments } from "../numeric/exactMoments.js";
import { exactly, ExactSum } from "../numeric/exactSum.js";
import { Histogram } from "../numeric/histogram.js";
import { SERIES_COLUMNS, SERIES_SUMS, type ClickSums } from "./blocks.js";
import type { LtsSentBlock, OwnSentBlock } from "../studies/studyBlock.js";
import { ValueTotals } from "./valueTotals.js";

/** What the totals of all worlds have. */
class SharedTotals {
  users = 0;
  /** For each slot, in how many steps the choice went past it. */
  readonly past: number[];
  /** [steps][columns] */
  readonly series: readonly ExactMoments[];
  digest = 0n;
  /** Of the users' returns. */
  readonly histogram = new Histogram();

  constructor(slateSize: number, seriesLength: number) {
    this.past = Array.from({ length: slateSize }, () => 0);
    this.series = Array.from({ length: seriesLength }, () => new ExactMoments());
  }

  /** `usersOf` says how many users an entry of the series is over. */
  protected addShared(
    { past, series, digest, histogram }: SharedBlock,
    users: number,
    usersOf: (entry: number) => number,
  ): void {
    this.users += users;
    for (let slot = 0; slot < this.past.length; slot++) this.past[slot]! += past[slot]!;
    this.series.forEach((moments, entry) => {
      const at = entry * SERIES_SUMS;
      const [pivot, sum, sumOfSquares] = [series[at]!, series[at + 1]!, series[at + 2]!];
      moments.addSums({ count: usersOf(entry), pivot, sum, sumOfSquares });
    });
    this.digest = BigInt.asUintN(64, this.digest + digest);
    this.histogram.add(histogram);
  }

  protected mergeShared(other: SharedTotals): void {
    this.users += other.users;
    for (let slot = 0; slot < this.past.length; slot++) this.past[slot]! += other.past[slot]!;
    this.series.forEach((moments, entry) => moments.mergeMoments(other.series[entry]!));
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
  readonly clicked = new ClickTotals();

  constructor(slateSize: number, steps: number) {
    super(slateSize, steps * SERIES_COLUMNS);
  }

  addBlock(block: LtsSentBlock, users: number): void {
    this.addShared(block, users, () => users);
    this.totalEngagement.addSums(block.totalEngagement);
    if (block.sampledEngagement) this.sampledEngagement.addSums(block.sampledEngagement);
    this.finalSatisfaction.addSums(block.finalSatisfaction);
    this.finalExposure.addSums(block.finalExposure);
    this.clicked.addSums(block.clicks);
  }

  merge(other: RunTotals): void {
    this.mergeShared(other);
    this.totalEngagement.merge(other.totalEngagement);
    this.sampledEngagement.merge(other.sampledEngagement);
    this.finalSatisfaction.merge(other.finalSatisfaction);
    this.finalExposure.merge(other.finalExposure);
    this.clicked.merge(other.clicked);
  }
}

/** Of the clicks, one by one and by user. */
export class ClickTotals extends ValueTotals {
  /** Users who clicked anything. */
  users = 0;
  /** Σᵤ nᵤ² over users with nᵤ clicks, Σᵤ sᵤ² with sᵤ the sum over their clicks, and Σᵤ nᵤ·sᵤ. */
  readonly squaredCounts = new ExactSum();
  readonly squaredSums = new ExactSum();
  readonly products = new ExactSum();

  override addSums(sums: ClickSums): void {
    super.addSums(sums);
    this.users += sums.clickingUsers;
    const p = exactly(sums.pivot);
    const counts = exactly(sums.sumOfSquaredCounts);
    const products = exactly(sums.sumOfProducts);
    this.squaredCounts.addExact(counts);
    // nᵤ·sᵤ = nᵤ·dᵤ + p·nᵤ² and sᵤ² = dᵤ² + 2p·nᵤ·dᵤ + p²·nᵤ², with dᵤ the user's sum about the pivot p
    this.products.addExact(products);
    this.products.addExact({ units: p.units * counts.units, exponent: p.exponent + counts.exponent });
    this.squaredSums.add(sums.sumOfSquaredSums);
    this.squaredSums.addExact({ units: 2n * p.units * products.units, exponent: p.exponent + products.exponent });
    this.squaredSums.addExact({
      units: p.units * p.units * counts.units,
      exponent: 2 * p.exponent + counts.exponent,
    });
  }

  override merge(other: ClickTotals): void {
    super.merge(other);
    this.users += other.users;
    this.squaredCounts.addExact(other.squaredCounts);
    this.squaredSums.addExact(other.squaredSums);
    this.products.addExact(other.products);
  }
}

/** The same of an own world. */
export class OwnTotals extends SharedTotals {
  readonly totalReward = new ValueTotals();
  readonly episodeLength = new ValueTotals();
  /** How many users lived each step. */
  readonly lived: number[];

  constructor(slateSize: number, steps: number) {
    super(slateSize, steps);
    this.lived = Array.from({ length: steps }, () => 0);
  }

  addBlock(block: OwnSentBlock, users: number): void {
    this.addShared(block, users, (step) => block.lived[step]!);
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
