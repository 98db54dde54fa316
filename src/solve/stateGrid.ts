import type { ScalarStateModel } from "../world/scalarState.js";
import { ChebyshevGrid } from "./chebyshev.js";
import type { ClickDistribution } from "./clickDistribution.js";
import { gaussHermite } from "./gaussHermite.js";

/** Points of the quadrature over a step's noise. */
const NOISE_POINTS = 9;
const NOISE = gaussHermite(NOISE_POINTS);
/** An interval is closed when a step leaves it by no more than this share of its width; a slow one is taken as it is at last. */
const CLOSED = 1e-9;
const MOST_TURNS = 10_000;

/** How finely states and documents are resolved. */
export interface GridSize {
  readonly states: number;
  readonly documents: number;
}

/** A step's rewards and expectations on a grid of states and documents: what a Bellman equation is made of. */
export class StateGrid {
  readonly states: ChebyshevGrid;
  readonly documents: ChebyshevGrid;
  /** What each state counts in the mean over the first states. */
  readonly initialMean: Float64Array;
  /** [state][document]: mean reward of a click. */
  private readonly rewards: Float64Array;
  /** [state][document][next state]: what the value of each next state counts in the expectation after a click. */
  private readonly transitions: Float64Array;

  constructor(model: ScalarStateModel, size: GridSize) {
    const [least, greatest] = closedInterval(model);
    this.states = new ChebyshevGrid(size.states, least, greatest);
    this.documents = new ChebyshevGrid(size.documents, 0, 1);
    this.initialMean = this.states.meanRow(...model.initialStates);
    const pairs = size.states * size.documents;
    this.rewards = new Float64Array(pairs);
    this.transitions = new Float64Array(pairs * size.states);
    this.states.points.forEach((state, i) =>
      this.documents.points.forEach((document, j) => {
        const pair = i * size.documents + j;
        this.rewards[pair] = model.meanReward(document, state);
        const row = this.transitions.subarray(pair * size.states, (pair + 1) * size.states);
        const mean = model.meanNextState(document, state);
        NOISE.points.forEach((z, h) => {
          const next = Math.min(Math.max(mean + model.noiseStddev * z, least), greatest);
          this.states.addRow(next, NOISE.weights[h]!, row);
        });
      }),
    );
  }

  /** Writes what a click on each document of the grid is worth in state number `i`: `weight` times its reward, and what follows. */
  clickValues(i: number, next: Float64Array, weight: number, values: Float64Array): void {
    const { rewards, transitions } = this;
    const states = next.length;
    for (let j = 0, pair = i * values.length; j < values.length; j++, pair++) {
      let value = weight * rewards[pair]!;
      for (let n = 0, at = pair * states; n < states; n++) value += transitions[at + n]! * next[n]!;
      values[j] = value;
    }
  }

  /** The step of a policy that does not look at the state, as rewards and transitions of the states alone. */
  stepUnder({ clicks, noClick }: ClickDistribution): PolicyStep {
    const { length: states } = this.states.points;
    const { length: documents } = clicks;
    const rewards = new Float64Array(states);
    const transitions = new Float64Array(states * states);
    for (let i = 0; i < states; i++) {
      transitions[i * states + i] = noClick;
      for (let j = 0, pair = i * documents; j < documents; j++, pair++) {
        rewards[i]! += clicks[j]! * this.rewards[pair]!;
        for (let n = 0; n < states; n++) {
          transitions[i * states + n]! += clicks[j]! * this.transitions[pair * states + n]!;
        }
      }
    }
    return { rewards, transitions };
  }
}

/** A step under a policy: [state], and [state][next state]. */
export interface PolicyStep {
  readonly rewards: Float64Array;
  readonly transitions: Float64Array;
}

/** Returns the value of state number `i` one step before `next`. */
export function valueBefore(
  { rewards, transitions }: PolicyStep,
  i: number,
  next: Float64Array,
  weight: number,
): number {
  let value = weight * rewards[i]!;
  for (let n = 0, at = i * next.length; n < next.length; n++) value += transitions[at + n]! * next[n]!;
  return value;
}

/**
 * The interval that no step leaves, but for the noise beyond the quadrature: a polynomial through its points would mean nothing outside.
 * Wider than what a few steps reach, so that the values at its ends are known as well as the others.
 */
function closedInterval({ initialStates, meanNextState, noiseStddev }: ScalarStateModel): readonly [number, number] {
  const furthest = noiseStddev * Math.max(...NOISE.points);
  let interval = initialStates;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const [least, greatest] = interval;
    const ends = interval.flatMap((state) => [meanNextState(0, state), meanNextState(1, state)]);
    const [low, high] = [Math.min(...ends) - furthest, Math.max(...ends) + furthest];
    const tolerance = CLOSED * (greatest - least);
    if (low >= least - tolerance && high <= greatest + tolerance) break;
    interval = [Math.min(least, low), Math.max(greatest, high)];
  }
  return interval;
}
