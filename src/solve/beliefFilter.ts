import type { ObservedState, ScalarStateModel } from "../world/scalarState.js";
import { gaussHermite } from "./gaussHermite.js";

const POINTS = gaussHermite(5);

/** A normal distribution. */
export interface Belief {
  readonly mean: number;
  readonly variance: number;
}

/** The belief before the first observation: mean and variance of the first states. */
export function firstBelief({ initialStates: [least, greatest] }: ScalarStateModel): Belief {
  const width = greatest - least;
  return { mean: (least + greatest) / 2, variance: (width * width) / 12 };
}

/** The belief after a click on a document. */
export function afterClick(belief: Belief, document: number, { meanNextState, noiseStddev }: ScalarStateModel): Belief {
  const next = momentsOf(belief, (state) => meanNextState(document, state));
  return { mean: next.mean, variance: next.variance + noiseStddev * noiseStddev };
}

/**
 * The belief after an observation: the Gauss–Hermite filter (Ito and Xiong, IEEE Transactions on Automatic Control 45 (2000), 910-927), which
 * replaces the distribution by the normal one with the same mean and variance, as if state and observation were jointly normal.
 */
export function afterObservation(belief: Belief, observed: number, { mean: meanOf, stddev }: ObservedState): Belief {
  const expected = momentsOf(belief, meanOf);
  const variance = expected.variance + stddev * stddev;
  if (variance === 0) return belief;
  const gain = expected.covariance / variance;
  return {
    mean: belief.mean + gain * (observed - expected.mean),
    variance: Math.max(0, belief.variance - gain * expected.covariance),
  };
}

/** Mean and variance of a function of the state, and its covariance with the state. */
function momentsOf({ mean, variance }: Belief, valueOf: (state: number) => number) {
  const deviation = Math.sqrt(variance);
  const values = Array.from(POINTS.points, (z) => valueOf(mean + deviation * z));
  const average = values.reduce((sum, value, i) => sum + POINTS.weights[i]! * value, 0);
  let [square, covariance] = [0, 0];
  values.forEach((value, i) => {
    const apart = POINTS.weights[i]! * (value - average);
    square += apart * (value - average);
    covariance += apart * deviation * POINTS.points[i]!;
  });
  return { mean: average, variance: square, covariance };
}
