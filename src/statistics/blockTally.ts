import type { Estimator } from "./estimator.js";
import { SERIES_COLUMNS, SERIES_SUMS, type BlockTotals, type ClickSums, type ValueSums } from "./blocks.js";

/** Running sums of a column: about its pivot, and of the squares. */
const RUNNING_SUMS = 2;

/** What one user's life has come to so far. */
export interface UserSums {
  /** In the block. */
  readonly place: number;
  readonly clicked: ValueSums;
  totalEngagement: number;
  /** The mean engagement of the steps, where somebody asks for it. */
  expectedEngagement: number;
}

/**
 * Adds up a block in the order that the kernel has (kernel/tally.ts): steps may come user by user or step by step, as long as
 * users are opened, lived and closed in their order.
 */
export class BlockTally {
  private readonly estimator: Estimator;
  private readonly totalEngagement = noValues();
  private readonly expectedEngagement = noValues();
  private readonly finalSatisfaction = noValues();
  private readonly finalExposure = noValues();
  private readonly clicks: ClickSums = {
    ...noValues(),
    clickingUsers: 0,
    sumOfSquaredCounts: 0,
    sumOfSquaredSums: 0,
    sumOfProducts: 0,
  };
  private readonly past: number[];
  /** [steps][SERIES_COLUMNS]: what the first user of the block has there. */
  private readonly pivots: Float64Array;
  /** [steps][SERIES_COLUMNS][RUNNING_SUMS], of users with even and with odd places. */
  private readonly series: readonly [Float64Array, Float64Array];
  private digest = 0n;
  private readonly returns: number[] = [];
  private users = 0;

  constructor(slateSize: number, steps: number, estimator: Estimator) {
    this.estimator = estimator;
    this.past = Array.from({ length: slateSize }, () => 0);
    this.pivots = new Float64Array(steps * SERIES_COLUMNS);
    const length = steps * SERIES_COLUMNS * RUNNING_SUMS;
    this.series = [new Float64Array(length), new Float64Array(length)];
  }

  openUser(): UserSums {
    return { place: this.users++, clicked: noValues(), totalEngagement: 0, expectedEngagement: 0 };
  }

  /** `slot` is the slate's size for no click; `educativeness` that of the clicked document; `satisfaction` the one after. */
  addStep(
    user: UserSums,
    step: number,
    slot: number,
    educativeness: number,
    engagement: number,
    satisfaction: number,
  ): void {
    const { past } = this;
    user.totalEngagement += engagement;
    if (slot < past.length) addValue(user.clicked, educativeness);
    for (let passed = 0; passed < slot; passed++) past[passed]! += 1;
    const column = step * SERIES_COLUMNS;
    this.addToSeries(user.place, column, engagement);
    this.addToSeries(user.place, column + 1, satisfaction);
  }

  private addToSeries(place: number, column: number, x: number): void {
    if (place === 0) this.pivots[column] = x;
    const sums = this.series[place % 2]!;
    const difference = x - this.pivots[column]!;
    sums[RUNNING_SUMS * column]! += difference;
    sums[RUNNING_SUMS * column + 1]! += difference * difference;
  }

  /** After the last step, with the state that it left. */
  closeUser(
    { totalEngagement, expectedEngagement, clicked }: UserSums,
    exposure: number,
    satisfaction: number,
    digest: bigint,
  ): void {
    addValue(this.totalEngagement, totalEngagement);
    addValue(this.expectedEngagement, expectedEngagement);
    this.returns.push(this.estimator === "sampled" ? totalEngagement : expectedEngagement);
    addValue(this.finalSatisfaction, satisfaction);
    addValue(this.finalExposure, exposure);
    this.addClicks(clicked);
    this.digest = BigInt.asUintN(64, this.digest + digest);
  }

  totals(): BlockTotals {
    const { finalSatisfaction, finalExposure, clicks, past, digest } = this;
    const [totalEngagement, sampledEngagement] =
      this.estimator === "sampled" ? [this.totalEngagement, null] : [this.expectedEngagement, this.totalEngagement];
    const [even, odd] = this.series;
    const series = seriesOf(this.pivots, (i) => even[i]! + odd[i]!);
    return {
      totalEngagement,
      sampledEngagement,
      finalSatisfaction,
      finalExposure,
      clicks,
      past,
      series,
      digest,
      returns: Float64Array.from(this.returns),
    };
  }

  /** A user's sums are about that user's first click; here they are moved to the block's. */
  private addClicks(user: ValueSums): void {
    if (user.count === 0) return;
    const { clicks } = this;
    if (clicks.count === 0) clicks.pivot = user.pivot;
    const shift = user.pivot - clicks.pivot;
    const sum = user.sum + user.count * shift;
    clicks.count += user.count;
    clicks.sum += sum;
    clicks.sumOfSquares += user.sumOfSquares + shift * (user.sum + sum);
    clicks.min = Math.min(clicks.min, user.min);
    clicks.max = Math.max(clicks.max, user.max);
    clicks.clickingUsers += 1;
    clicks.sumOfSquaredCounts += user.count * user.count;
    clicks.sumOfSquaredSums += sum * sum;
    clicks.sumOfProducts += user.count * sum;
  }
}

/** [column][SERIES_SUMS] from the pivots and, by `runningSum`, from what stands in [column][RUNNING_SUMS]. */
export function seriesOf(pivots: Float64Array, runningSum: (i: number) => number): Float64Array {
  const series = new Float64Array(pivots.length * SERIES_SUMS);
  pivots.forEach((pivot, column) => {
    series[SERIES_SUMS * column] = pivot;
    series[SERIES_SUMS * column + 1] = runningSum(RUNNING_SUMS * column);
    series[SERIES_SUMS * column + 2] = runningSum(RUNNING_SUMS * column + 1);
  });
  return series;
}

export function noValues(): ValueSums {
  return { count: 0, pivot: 0, sum: 0, sumOfSquares: 0, min: Number.MAX_VALUE, max: -Number.MAX_VALUE };
}

export function addValue(sums: ValueSums, x: number): void {
  if (sums.count === 0) sums.pivot = x;
  const difference = x - sums.pivot;
  sums.count += 1;
  sums.sum += difference;
  sums.sumOfSquares += difference * difference;
  sums.min = Math.min(sums.min, x);
  sums.max = Math.max(sums.max, x);
}
