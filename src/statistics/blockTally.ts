import { uint64 } from "../numeric/uint64.js";
import { BLOCK_USERS } from "./blocks.js";
import {
  addObservation,
  addUserRatio,
  addValue,
  noRatio,
  noValues,
  SERIES_SUMS,
  USER_RATIO,
  type BlockSums,
} from "./blockSums.js";
import type { Estimator } from "./estimator.js";
import type { MetricLayout } from "./metricLayout.js";
import type { RewardWeights } from "./rewardWeights.js";

/** Running sums of a column: about its pivot, and of the squares. */
const RUNNING_SUMS = 2;

export interface TallyShape {
  readonly layout: MetricLayout;
  readonly slateSize: number;
  readonly steps: number;
  readonly estimator: Estimator;
  readonly weights: RewardWeights;
  /** Running sums for each entry of the series, to which users are added in turn: two for a kernel with two SIMD lanes. */
  readonly lanes: 1 | 2;
}

/**
 * Sums a block in the order of a kernel: steps may be added user by user or step by step, as long as users are opened, simulated and
 * closed in order. The index in the block identifies a user.
 */
export class BlockTally {
  private readonly shape: TallyShape;
  private readonly columns: number;
  private readonly totalReward = noValues();
  private readonly estimatedReward = noValues();
  private readonly episodeLength = noValues();
  private readonly values;
  private readonly ratios;
  private readonly choicesAfter: Float64Array;
  private readonly usersPerStep: Float64Array;
  /** [steps][columns]: the number of the block's first user there. */
  private readonly pivots: Float64Array;
  /** [lane][steps][columns][RUNNING_SUMS] */
  private readonly series: readonly Float64Array[];
  /** Each user's return so far, by index in the block: as it was drawn, and as it is estimated. */
  private readonly rewards = new Float64Array(BLOCK_USERS);
  private readonly estimates = new Float64Array(BLOCK_USERS);
  private readonly lengths = new Float64Array(BLOCK_USERS);
  /** [place][ratio][USER_RATIO] */
  private readonly userRatios: Float64Array;
  private digest = 0n;
  private users = 0;

  constructor(shape: TallyShape) {
    const { layout, slateSize, steps, lanes } = shape;
    this.shape = shape;
    this.columns = 1 + layout.series.length;
    this.values = layout.values.map(noValues);
    this.ratios = layout.ratios.map(noRatio);
    this.choicesAfter = new Float64Array(slateSize);
    this.usersPerStep = new Float64Array(steps);
    this.pivots = new Float64Array(steps * this.columns);
    this.series = Array.from({ length: lanes }, () => new Float64Array(this.pivots.length * RUNNING_SUMS));
    this.userRatios = new Float64Array(BLOCK_USERS * this.ratios.length * USER_RATIO);
  }

  /** Index of the next user. */
  openUser(): number {
    return this.users++;
  }

  /** Steps that the user at that place has taken. */
  lengthOf(place: number): number {
    return this.lengths[place]!;
  }

  /** A step of a user, in the order of the steps. `slot` is the slate's size for no click. */
  addStep(place: number, step: number, slot: number, reward: number): void {
    const { warmUp, perStep } = this.shape.weights;
    this.rewards[place]! += perStep[step]! * reward;
    this.lengths[place]! += 1;
    this.addToSeries(place, step, 0, reward);
    this.usersPerStep[step]! += 1;
    if (step < warmUp) return;
    const { choicesAfter } = this;
    for (let passed = 0; passed < slot; passed++) choicesAfter[passed]! += 1;
  }

  /** The mean reward of the step that comes next, given the state and the slate. */
  expectReward(place: number, step: number, mean: number): void {
    this.estimates[place]! += this.shape.weights.perStep[step]! * mean;
  }

  /** Another part of a user's estimated return. */
  addToEstimate(place: number, part: number): void {
    this.estimates[place]! += part;
  }

  /** `column` 0 is the reward, the others are the layout's. */
  addToSeries(place: number, step: number, column: number, x: number): void {
    const at = step * this.columns + column;
    // The reward comes first, then the user is counted, then the other columns.
    if (this.usersPerStep[step] === (column === 0 ? 0 : 1)) this.pivots[at] = x;
    const sums = this.series[place % this.series.length]!;
    const difference = x - this.pivots[at]!;
    sums[RUNNING_SUMS * at]! += difference;
    sums[RUNNING_SUMS * at + 1]! += difference * difference;
  }

  /** A step's part in the ratio of that number; a step with 0 in both is no observation. */
  addToRatio(place: number, step: number, ratio: number, numerator: number, denominator: number): void {
    if ((numerator === 0 && denominator === 0) || step < this.shape.weights.warmUp) return;
    const at = (place * this.ratios.length + ratio) * USER_RATIO;
    addObservation(this.ratios[ratio]!, this.userRatios, at, numerator, denominator);
  }

  /** After the last step; `values` are the user's, in the order of the layout. */
  closeUser(place: number, values: ArrayLike<number>, digest: bigint): void {
    addValue(this.totalReward, this.rewards[place]!);
    addValue(this.estimatedReward, this.estimates[place]!);
    addValue(this.episodeLength, this.lengths[place]!);
    for (let i = 0; i < this.values.length; i++) addValue(this.values[i]!, values[i]!);
    const { ratios } = this;
    for (let i = 0; i < ratios.length; i++) {
      addUserRatio(ratios[i]!, this.userRatios, (place * ratios.length + i) * USER_RATIO);
    }
    this.digest = uint64(this.digest + digest);
  }

  sums(): BlockSums {
    const { episodeLength, values, ratios, choicesAfter, usersPerStep, digest } = this;
    const sampled = this.shape.estimator === "sampled";
    return {
      totalReward: sampled ? this.totalReward : this.estimatedReward,
      sampledReward: sampled ? null : this.totalReward,
      episodeLength,
      values,
      ratios,
      choicesAfter,
      usersPerStep,
      series: seriesOf(this.pivots, (i) => this.series.reduce((sum, lane) => sum + lane[i]!, 0)),
      digest,
      returns: (sampled ? this.rewards : this.estimates).slice(0, this.users),
    };
  }
}

/** Returns [column][SERIES_SUMS] from the pivots and, by `runningSum`, from [column][RUNNING_SUMS]. */
export function seriesOf(pivots: Float64Array, runningSum: (i: number) => number): Float64Array {
  const series = new Float64Array(pivots.length * SERIES_SUMS);
  pivots.forEach((pivot, column) => {
    series[SERIES_SUMS * column] = pivot;
    series[SERIES_SUMS * column + 1] = runningSum(RUNNING_SUMS * column);
    series[SERIES_SUMS * column + 2] = runningSum(RUNNING_SUMS * column + 1);
  });
  return series;
}
