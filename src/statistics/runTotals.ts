import { ExactMoments } from "../numeric/exactMoments.js";
import { Histogram, type BinCounts } from "../numeric/histogram.js";
import { uint64 } from "../numeric/uint64.js";
import { SERIES_SUMS, type BlockSums } from "./blockSums.js";
import type { MetricLayout } from "./metricLayout.js";
import { RatioTotals } from "./ratioTotals.js";
import { ValueTotals } from "./valueTotals.js";

/** A block's sums with its returns counted in bins instead of listed, which is sent and stored. */
export type CountedSums = Omit<BlockSums, "returns"> & { readonly histogram: BinCounts };

/** Shape of the sums of a run. */
export interface TotalsShape {
  readonly layout: MetricLayout;
  readonly slateSize: number;
  readonly steps: number;
}

/**
 * The totals of any number of blocks, in a size that does not depend on how many. Adding is exact, so blocks may come in any
 * order and in any grouping.
 */
export class RunTotals {
  users = 0;
  readonly shape: TotalsShape;
  /** Sums of the users' returns. */
  readonly totalReward = new ValueTotals();
  /** Sums of the sampled rewards, if returns are expectations; else empty. */
  readonly sampledReward = new ValueTotals();
  readonly episodeLength = new ValueTotals();
  readonly values: readonly ValueTotals[];
  readonly ratios: readonly RatioTotals[];
  /** For each slot, the number of steps whose choice lies after it. */
  readonly choicesAfter: number[];
  /** Users who took each step. */
  readonly usersPerStep: number[];
  /** [steps][reward, then the layout's `series`] */
  readonly series: readonly ExactMoments[];
  digest = 0n;
  /** Sums of the users' returns. */
  readonly histogram = new Histogram();

  constructor(shape: TotalsShape) {
    const { layout, slateSize, steps } = shape;
    this.shape = shape;
    this.values = layout.values.map(() => new ValueTotals());
    this.ratios = layout.ratios.map(() => new RatioTotals());
    this.choicesAfter = Array.from({ length: slateSize }, () => 0);
    this.usersPerStep = Array.from({ length: steps }, () => 0);
    this.series = Array.from({ length: steps * this.columns }, () => new ExactMoments());
  }

  /** Numbers of a step in the series. */
  get columns(): number {
    return 1 + this.shape.layout.series.length;
  }

  addBlock(block: CountedSums, users: number): void {
    this.users += users;
    this.totalReward.addSums(block.totalReward);
    if (block.sampledReward) this.sampledReward.addSums(block.sampledReward);
    this.episodeLength.addSums(block.episodeLength);
    this.values.forEach((totals, place) => totals.addSums(block.values[place]!));
    this.ratios.forEach((totals, place) => totals.addSums(block.ratios[place]!));
    addTo(this.choicesAfter, block.choicesAfter);
    addTo(this.usersPerStep, block.usersPerStep);
    this.addSeries(block);
    this.digest = uint64(this.digest + block.digest);
    this.histogram.add(block.histogram);
  }

  merge(other: RunTotals): void {
    this.users += other.users;
    this.totalReward.merge(other.totalReward);
    this.sampledReward.merge(other.sampledReward);
    this.episodeLength.merge(other.episodeLength);
    this.values.forEach((totals, place) => totals.merge(other.values[place]!));
    this.ratios.forEach((totals, place) => totals.merge(other.ratios[place]!));
    addTo(this.choicesAfter, other.choicesAfter);
    addTo(this.usersPerStep, other.usersPerStep);
    this.series.forEach((moments, entry) => moments.mergeMoments(other.series[entry]!));
    this.digest = uint64(this.digest + other.digest);
    this.histogram.merge(other.histogram);
  }

  private addSeries({ series, usersPerStep }: CountedSums): void {
    const { columns } = this;
    this.series.forEach((moments, entry) => {
      const at = entry * SERIES_SUMS;
      const count = usersPerStep[Math.floor(entry / columns)]!;
      moments.addSums({ count, pivot: series[at]!, sum: series[at + 1]!, sumOfSquares: series[at + 2]! });
    });
  }
}

function addTo(totals: number[], counts: ArrayLike<number>): void {
  for (let place = 0; place < totals.length; place++) totals[place]! += counts[place]!;
}
