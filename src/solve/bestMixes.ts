import type { ChebyshevGrid } from "./chebyshev.js";
import { valueBefore, type PolicyStep, type StateGrid } from "./stateGrid.js";

/** States of a table, at equal distances. */
const TABLE_STATES = 41;

/** Returns the mean value of a policy that does not look at the state. */
export function valueUnder(grid: StateGrid, policy: PolicyStep, weights: Float64Array): number {
  let next = new Float64Array(grid.initialMean.length);
  for (let t = weights.length - 1; t >= 0; t--) next = next.map((_, i) => valueBefore(policy, i, next, weights[t]!));
  return meanOf(grid, next);
}

/** Returns the mean value of choosing the best mix at every step in every state, and which one that is; of equals the first. */
export function bestMixes(
  grid: StateGrid,
  mixes: readonly PolicyStep[],
  weights: Float64Array,
): { readonly value: number; readonly states: readonly number[]; readonly mix: readonly (readonly number[])[] } {
  const rows = tableRows(grid.states);
  const mix: number[][] = [];
  let next = new Float64Array(grid.initialMean.length);
  for (let t = weights.length - 1; t >= 0; t--) {
    const values = mixes.map((policy) => next.map((_, i) => valueBefore(policy, i, next, weights[t]!)));
    mix[t] = rows.map(({ row }) => indexOfMaximum(values.map((each) => product(row, each))));
    next = next.map((_, i) => Math.max(...values.map((each) => each[i]!)));
  }
  return { value: meanOf(grid, next), states: rows.map(({ state }) => state), mix };
}

/** Returns the mean value of choosing, in every state, the mix with the highest expected reward in the next step. */
export function myopicValue(grid: StateGrid, mixes: readonly PolicyStep[], weights: Float64Array): number {
  const chosen = Array.from(grid.initialMean, (_, i) => indexOfMaximum(mixes.map(({ rewards }) => rewards[i]!)));
  let next = new Float64Array(grid.initialMean.length);
  for (let t = weights.length - 1; t >= 0; t--) {
    next = next.map((_, i) => valueBefore(mixes[chosen[i]!]!, i, next, weights[t]!));
  }
  return meanOf(grid, next);
}

/** Returns the mean value of choosing the best mix every `length` steps, and keeping to it in between. */
export function heldValue(
  grid: StateGrid,
  mixes: readonly PolicyStep[],
  weights: Float64Array,
  length: number,
): number {
  const { length: steps } = weights;
  let next = new Float64Array(grid.initialMean.length);
  for (let from = steps - (steps % length || length); from >= 0; from -= length) {
    const held = mixes.map((mix) => {
      let values = next;
      for (let t = Math.min(from + length, steps) - 1; t >= from; t--) {
        values = values.map((_, i) => valueBefore(mix, i, values, weights[t]!));
      }
      return values;
    });
    next = next.map((_, i) => Math.max(...held.map((values) => values[i]!)));
  }
  return meanOf(grid, next);
}

function tableRows(grid: ChebyshevGrid): { readonly state: number; readonly row: Float64Array }[] {
  const { least, greatest } = grid;
  return Array.from({ length: TABLE_STATES }, (_, i) => {
    const state = least + ((greatest - least) * i) / (TABLE_STATES - 1);
    const row = new Float64Array(grid.points.length);
    grid.addRow(state, 1, row);
    return { state, row };
  });
}

/** Returns the mean of values over the first states. */
export function meanOf({ initialMean }: StateGrid, values: Float64Array): number {
  return product(initialMean, values);
}

export function indexOfMaximum(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
