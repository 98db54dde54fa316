import {
  addObservation,
  addUserRatio,
  addValue,
  noRatio,
  noValues,
  SERIES_SUMS,
  type BlockSums,
  type RatioSums,
} from "./blockSums.js";
import type { Estimator } from "./estimator.js";
import type { MetricLayout } from "./metricLayout.js";
import type { RewardWeights } from "./rewardWeights.js";

/** Running sums of a column: about its pivot, and of the squares. */
const RUNNING_SUMS = 2;

/** What one user's episode has come to so far. */
export interface UserTally {
  /** In the block. */
  readonly place: number;
  readonly ratios: readonly RatioSums[];
  totalReward: number;
  /** Its conditional expectation, step by step, where the estimator asks for it. */
  expectedReward: number;
  length: number;
}

export interface TallyShape {
  readonly layout: MetricLayout;
  readonly slateSize: number;
  readonly steps: number;
  readonly estimator: Estimator;
  readonly weights: RewardWeights;
  /** Running sums for each entry of the series: users take turns. A kernel of two lanes has two. */
  readonly lanes: 1 | 2;
}

/**
 * Adds up a block in the order that a kernel has: steps may come user by user or step by step, as long as users are opened,
 * simulated and closed in their order.
 */
export class BlockTally {
  private readonly shape: TallyShape;
  private readonly columns: number;
  private readonly totalReward = noValues();
  private readonly expectedReward = noValues();
  private readonly episodeLength = noValues();
  private readonly values;
  private readonly ratios;
  private readonly choicesAfter: number[];
  private readonly usersPerStep: number[];
  /** [steps][columns]: the number of the block's first user there. */
  private readonly pivots: Float64Array;
  /** [lane][steps][columns][RUNNING_SUMS] */
  private readonly series: readonly Float64Array[];
  private readonly returns: number[] = [];
  private digest = 0n;
  private users = 0;

  constructor(shape: TallyShape) {
    const { layout, slateSize, steps, lanes } = shape;
    this.shape = shape;
    this.columns = 1 + layout.series.length;
    this.values = layout.values.map(noValues);
    this.ratios = layout.ratios.map(noRatio);
    this.choicesAfter = Array.from({ length: slateSize }, () => 0);
    this.usersPerStep = Array.from({ length: steps }, () => 0);
    this.pivots = new Float64Array(steps * this.columns);
    this.series = Array.from({ length: lanes }, () => new Float64Array(this.pivots.length * RUNNING_SUMS));
  }

  openUser(): UserTally {
    const ratios = this.shape.layout.ratios.map(noRatio);
    return { place: this.users++, ratios, totalReward: 0, expectedReward: 0, length: 0 };
  }

  /** A step of a user, in the order of the steps. `slot` is the slate's size for no click. */
  addStep(user: UserTally, step: number, slot: number, reward: number): void {
    user.totalReward += this.shape.weights.perStep[step]! * reward;
    user.length += 1;
    this.addToSeries(user, step, 0, reward);
    this.usersPerStep[step]! += 1;
    if (!this.counts(step)) return;
    const { choicesAfter } = this;
    for (let passed = 0; passed < slot; passed++) choicesAfter[passed]! += 1;
  }

  /** The mean reward of the step that comes next, given the state and the slate. */
  expectReward(user: UserTally, step: number, mean: number): void {
    user.expectedReward += this.shape.weights.perStep[step]! * mean;
  }

  /** `column` 0 is the reward, the others are the layout's. */
  addToSeries(user: UserTally, step: number, column: number, x: number): void {
    const at = step * this.columns + column;
    // The reward comes first, then the user is counted, then the other columns.
    if (this.usersPerStep[step] === (column === 0 ? 0 : 1)) this.pivots[at] = x;
    const sums = this.series[user.place % this.series.length]!;
    const difference = x - this.pivots[at]!;
    sums[RUNNING_SUMS * at]! += difference;
    sums[RUNNING_SUMS * at + 1]! += difference * difference;
  }

  /** A step's part in the ratio of that number; a denominator of 0 is no observation. */
  addToRatio(user: UserTally, step: number, ratio: number, numerator: number, denominator: number): void {
    if (denominator !== 0 && this.counts(step)) addObservation(user.ratios[ratio]!, numerator, denominator);
  }

  /** After the last step; `values` are the user's, in the order of the layout. */
  closeUser(user: UserTally, values: ArrayLike<number>, digest: bigint): void {
    const { totalReward, expectedReward } = user;
    addValue(this.totalReward, totalReward);
    addValue(this.expectedReward, expectedReward);
    this.returns.push(this.shape.estimator === "sampled" ? totalReward : expectedReward);
    addValue(this.episodeLength, user.length);
    this.values.forEach((sums, place) => addValue(sums, values[place]!));
    this.ratios.forEach((sums, place) => addUserRatio(sums, user.ratios[place]!));
    this.digest = BigInt.asUintN(64, this.digest + digest);
  }

  sums(): BlockSums {
    const { episodeLength, values, ratios, choicesAfter, usersPerStep, digest } = this;
    const [totalReward, sampledReward] =
      this.shape.estimator === "sampled" ? [this.totalReward, null] : [this.expectedReward, this.totalReward];
    return {
      totalReward,
      sampledReward,
      episodeLength,
      values,
      ratios,
      choicesAfter,
      usersPerStep,
      series: seriesOf(this.pivots, (i) => this.series.reduce((sum, lane) => sum + lane[i]!, 0)),
      digest,
      returns: Float64Array.from(this.returns),
    };
  }

  /** Whether steps at that time count in ratios and clicks: those of the warm-up do not. */
  private counts(step: number): boolean {
    return step >= this.shape.weights.warmUp;
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
