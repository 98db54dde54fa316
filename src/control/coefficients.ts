import type { RewardWeights } from "../statistics/rewardWeights.js";
import type { ControlShape } from "./controlRow.js";
import { rowStart, solveNormalEquations } from "./leastSquares.js";

/** Pilot users that a step must have for each coefficient. */
const USERS_PER_COEFFICIENT = 4;

/** What features and terms count in the corrections of a return. */
export interface Coefficients extends ControlShape {
  /** Of the value before each step, and of 0 after the last: [step][feature]. */
  readonly features: Float64Array;
  /** [step][term] */
  readonly terms: Float64Array;
}

/**
 * Sums over pilot users of the products of the numbers of each step: all that the fit of the coefficients needs. Pilot users are added in
 * order, step by step or user by user.
 */
export class PilotSums {
  private readonly shape: ControlShape;
  private readonly weights: RewardWeights;
  /** Columns of the regression: features, 1, terms. A feature that is always 1 takes the place of the column after the features. */
  private readonly columns: number;
  private readonly column: Float64Array;
  private readonly users: Float64Array;
  /** [step]: the lower triangle of the products of columns. */
  private readonly gram: Float64Array;
  /** [step][column][1 + feature]: products with the weighted reward's mean, and with the means of the next features. */
  private readonly products: Float64Array;

  constructor(shape: ControlShape, weights: RewardWeights) {
    const { length: steps } = weights.perStep;
    this.shape = shape;
    this.weights = weights;
    this.columns = 1 + shape.numFeatures + shape.numTerms;
    this.column = new Float64Array(this.columns).fill(1);
    this.users = new Float64Array(steps);
    this.gram = new Float64Array(steps * rowStart(this.columns));
    this.products = new Float64Array(steps * this.columns * (1 + shape.numFeatures));
  }

  /** Adds the row of a user's step. */
  add(step: number, row: Float64Array): void {
    const { column, columns, gram, products } = this;
    const { numFeatures } = this.shape;
    const targets = 1 + numFeatures;
    const weight = this.weights.perStep[step]!;
    this.users[step]! += 1;
    for (let i = 0; i < columns; i++) if (i !== numFeatures) column[i] = row[targets + (i < numFeatures ? i : i - 1)]!;
    let at = step * columns * targets;
    for (let i = 0; i < columns; i++) {
      const own = column[i]!;
      products[at++]! += own * (weight * row[0]!);
      for (let target = 1; target < targets; target++) products[at++]! += own * row[target]!;
    }
    at = step * rowStart(columns);
    for (let i = 0; i < columns; i++) {
      const own = column[i]!;
      for (let j = 0; j <= i; j++) gram[at++]! += own * column[j]!;
    }
  }

  /**
   * Fits the coefficients backward over the steps. What a step brings and leaves on average, given state and slate, is regressed on the
   * features and terms before it: the features' part is the value before the step, the terms' part what the candidates add.
   */
  fit(): Coefficients {
    const { numFeatures, numTerms } = this.shape;
    const { length: steps } = this.users;
    const features = new Float64Array((steps + 1) * numFeatures);
    const terms = new Float64Array(steps * numTerms);
    for (let step = steps - 1; step >= 0; step--) {
      const next = features.subarray((step + 1) * numFeatures, (step + 2) * numFeatures);
      const fitted = this.fitStep(step, next);
      features.set(fitted.subarray(0, numFeatures), step * numFeatures);
      terms.set(fitted.subarray(1 + numFeatures), step * numTerms);
    }
    return { numFeatures, numTerms, features, terms };
  }

  /** Coefficients of one step: of as many columns as its users can tell apart. */
  private fitStep(step: number, next: Float64Array): Float64Array {
    const { columns, gram, products, shape } = this;
    const known = Math.floor(this.users[step]! / USERS_PER_COEFFICIENT);
    const fitted = known >= columns ? columns : known >= 1 + shape.numFeatures ? 1 + shape.numFeatures : 0;
    const targets = 1 + shape.numFeatures;
    const wanted = new Float64Array(fitted);
    for (let i = 0, at = step * columns * targets; i < fitted; i++) {
      wanted[i] = products[at++]!;
      for (let target = 1; target < targets; target++) wanted[i]! += next[target - 1]! * products[at++]!;
    }
    const from = step * rowStart(columns);
    return solveNormalEquations(gram.subarray(from, from + rowStart(fitted)), wanted);
  }
}
