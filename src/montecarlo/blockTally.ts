import type { Estimator } from "./estimator.js";
import { SERIES_COLUMNS, type BlockTotals, type ClickSums, type ValueSums } from "./blockTotals.js";

/** What one user's life has come to so far. */
export interface UserSums {
  /** The running sums of users with even or with odd places in the block. */
  readonly series: Float64Array;
  readonly clicked: ValueSums & { count: number };
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
    count: 0,
    sumOfSquaredCounts: 0,
    sumOfSquaredSums: 0,
    sumOfProducts: 0,
  };
  private readonly past: number[];
  /** Two running sums of every column: even users, odd users. */
  private readonly series: readonly [Float64Array, Float64Array];
  private digest = 0n;
  private readonly returns: number[] = [];
  private users = 0;

  constructor(slateSize: number, steps: number, estimator: Estimator) {
    this.estimator = estimator;
    this.past = Array.from({ length: slateSize }, () => 0);
    this.series = [new Float64Array(steps * SERIES_COLUMNS), new Float64Array(steps * SERIES_COLUMNS)];
  }

  openUser(): UserSums {
    const series = this.series[this.users % 2]!;
    this.users += 1;
    return { series, clicked: { ...noValues(), count: 0 }, totalEngagement: 0, expectedEngagement: 0 };
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
    if (slot < past.length) {
      user.clicked.count += 1;
      addValue(user.clicked, educativeness);
    }
    for (let passed = 0; passed < slot; passed++) past[passed]! += 1;
    const at = step * SERIES_COLUMNS;
    user.series[at]! += engagement;
    user.series[at + 1]! += engagement * engagement;
    user.series[at + 2]! += satisfaction;
    user.series[at + 3]! += satisfaction * satisfaction;
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
    const series = this.series[0].map((even, i) => even + this.series[1][i]!);
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

  private addClicks({ count, sum, sumOfSquares, min, max }: UserSums["clicked"]): void {
    this.clicks.count += count;
    this.clicks.sum += sum;
    this.clicks.sumOfSquares += sumOfSquares;
    this.clicks.min = Math.min(this.clicks.min, min);
    this.clicks.max = Math.max(this.clicks.max, max);
    this.clicks.sumOfSquaredCounts += count * count;
    this.clicks.sumOfSquaredSums += sum * sum;
    this.clicks.sumOfProducts += count * sum;
  }
}

export function noValues(): ValueSums {
  return { sum: 0, sumOfSquares: 0, min: Number.MAX_VALUE, max: -Number.MAX_VALUE };
}

export function addValue(sums: ValueSums, x: number): void {
  sums.sum += x;
  sums.sumOfSquares += x * x;
  sums.min = Math.min(sums.min, x);
  sums.max = Math.max(sums.max, x);
}
