import type { ControlVariates } from "../world/controlVariates.js";
import type { Episode } from "../world/episode.js";
import type { RewardWeights } from "../statistics/rewardWeights.js";
import type { SimulatedUser } from "../world/simulatedUser.js";
import type { WorldTypes } from "../world/worldTypes.js";
import type { Coefficients } from "./coefficients.js";
import { rowLength, writeRow } from "./controlRow.js";

/**
 * The return of a user with control variates: mean rewards given state and slate, and corrections whose mean is 0 whatever the coefficients
 * are. With V the value that the features' coefficients say, a return is
 *
 *     E V₀ - V₀ + Σ weight·(mean reward) + (E V' - V') - Σ coefficient·term
 *
 * over its steps, V' being the value after a step and E V' its mean given state and slate (martingale control variates; AIVAT in Burch et
 * al., AAAI 2018, is the same idea for games).
 */
export class ControlledReturn<T extends WorldTypes> {
  private readonly control: ControlVariates<T>;
  private readonly coefficients: Coefficients;
  private readonly weights: RewardWeights;
  private readonly row: Float64Array;
  private readonly features: Float64Array;

  constructor(control: ControlVariates<T>, coefficients: Coefficients, weights: RewardWeights) {
    this.control = control;
    this.coefficients = coefficients;
    this.weights = weights;
    this.row = new Float64Array(rowLength(control));
    this.features = new Float64Array(control.numFeatures);
  }

  /** What a user's return begins with. */
  start(user: SimulatedUser<T>): number {
    return initialValue(this.control, this.coefficients) - this.valueOf(user, 0);
  }

  /** What the next step adds, before it is taken. */
  before(episode: Episode<T>, slate: readonly T["document"][], step: number): number {
    writeRow(this.control, episode, slate, this.row);
    return stepValue(this.coefficients, this.weights.perStep[step]!, this.row, step);
  }

  /** What is taken off again after that step: the value of the state that followed. */
  after(user: SimulatedUser<T>, step: number): number {
    return this.valueOf(user, step + 1);
  }

  private valueOf(user: SimulatedUser<T>, step: number): number {
    if (user.terminated) return 0;
    this.control.writeFeatures(user, this.features, 0);
    return stateValue(this.coefficients, this.features, step);
  }
}

/** Mean value before the first step. */
export function initialValue(
  { initialMeans }: Pick<ControlVariates, "initialMeans">,
  { features }: Coefficients,
): number {
  return weighted(features, 0, initialMeans, 0, initialMeans.length);
}

/** The value of a state with these features after so many steps. */
export function stateValue({ numFeatures, features }: Coefficients, ofState: Float64Array, step: number): number {
  return weighted(features, step * numFeatures, ofState, 0, numFeatures);
}

/** A step's row under the coefficients: mean reward, and mean value after the step, less what the candidates add. */
export function stepValue(
  { numFeatures, numTerms, features, terms }: Coefficients,
  weight: number,
  row: Float64Array,
  step: number,
): number {
  const ahead = weighted(features, (step + 1) * numFeatures, row, 1, numFeatures);
  return weight * row[0]! + ahead - weighted(terms, step * numTerms, row, 1 + 2 * numFeatures, numTerms);
}

/** Σ coefficients[from + i]·numbers[at + i], in this order, as a kernel adds. */
function weighted(
  coefficients: Float64Array,
  from: number,
  numbers: ArrayLike<number>,
  at: number,
  count: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += coefficients[from + i]! * numbers[at + i]!;
  return sum;
}
