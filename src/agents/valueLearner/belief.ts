import { dot, solvePositive } from "../bandits/linearAlgebra.js";
import { fieldRules, type FieldRule } from "../snapshots.js";

/** By what the weight of an observation in a moving average falls with each step: averages over about 2, 5 and 20 steps. */
const POLES = [0.5, 0.8, 0.95];
/** A constant, and for each average its total weight, the average of observations and that of mixes. */
export const NUM_TRACES = 1 + 3 * POLES.length;
/** Precision that the prediction's weights have before any data. */
const PRIOR = 1;
/** Keeps the scale of beliefs above 0 where all are the same. */
const LEAST_SCALE = 1e-9;
/** Standard deviations from the mean of a belief to ±1. */
const SCALE = 2;
/** Beliefs further than that from 0 count as that: models are not followed to where nothing was seen. */
export const MAX_BELIEF = 1.5;

/** The moving averages before the first observation. */
export function noTraces(): number[] {
  return [1, ...POLES.flatMap(() => [0, 0, 0])];
}

/** Returns the averages after a mix in [-1/2, 1/2] and the observation that followed. */
export function nextTraces(traces: readonly number[], mix: number, observed: number): number[] {
  const next = [1];
  for (const [i, pole] of POLES.entries()) {
    const items = [1, observed, mix];
    for (let j = 0; j < 3; j++) next.push(pole * traces[1 + 3 * i + j]! + (1 - pole) * items[j]!);
  }
  return next;
}

/** How a belief follows from the averages: (weights·traces - centre) / scale. */
export interface BeliefFilter {
  readonly weights: readonly number[];
  readonly centre: number;
  readonly scale: number;
}

export const NO_FILTER: BeliefFilter = { weights: noTraces().map(() => 0), centre: 0, scale: 1 };

/** Returns the belief: the next observation that is expected of the user, apart from what the next slate adds, scaled to about ±1. */
export function beliefOf({ weights, centre, scale }: BeliefFilter, traces: readonly number[]): number {
  return Math.max(-MAX_BELIEF, Math.min(MAX_BELIEF, (dot(weights, traces) - centre) / scale));
}

/** Sums from which the filter is fitted: of products of averages and mix with one another, and with the next observation. */
export interface FilterSums {
  readonly count: number;
  readonly products: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

const SIZE = NUM_TRACES + 1;

export function noFilterSums(): FilterSums {
  const zeros = Array.from({ length: SIZE }, () => 0);
  return { count: 0, products: zeros.map(() => [...zeros]), targets: zeros };
}

export function addToFilter(sums: FilterSums, traces: readonly number[], mix: number, observed: number): FilterSums {
  const regressors = [...traces, mix];
  return {
    count: sums.count + 1,
    products: sums.products.map((row, i) => row.map((sum, j) => sum + regressors[i]! * regressors[j]!)),
    targets: sums.targets.map((sum, i) => sum + regressors[i]! * observed),
  };
}

/** Fits the filter by ridge regression: which averages predict the next observation best. */
export function fitFilter({ count, products, targets }: FilterSums): BeliefFilter {
  const matrix = products.map((row, i) => row.map((sum, j) => (i === j ? sum + PRIOR : sum)));
  const weights = solvePositive(matrix, targets).slice(0, NUM_TRACES);
  const means = products.map((row) => row[0]! / count);
  const centre = dot(weights, means.slice(0, NUM_TRACES));
  const square = weights.reduce(
    (sum, weight, i) => sum + (weight * dot(weights, products[i]!.slice(0, NUM_TRACES))) / count,
    0,
  );
  const deviation = Math.sqrt(Math.max(0, square - centre * centre));
  return { weights, centre, scale: SCALE * deviation + LEAST_SCALE };
}

export const filterRule: FieldRule = {
  rule: "weights, centre and scale of a belief",
  holds: (value) => {
    const { weights, centre, scale } = (value ?? {}) as { weights?: unknown; centre?: unknown; scale?: unknown };
    return (
      fieldRules.numbers(NUM_TRACES).holds(weights) &&
      Number.isFinite(centre) &&
      Number.isFinite(scale) &&
      Number(scale) > 0
    );
  },
};

export const filterSumsRule: FieldRule = {
  rule: "sums of a belief's regression",
  holds: (value) => {
    const { count, products, targets } = (value ?? {}) as { count?: unknown; products?: unknown; targets?: unknown };
    const rows = fieldRules.numbers(SIZE);
    const isMatrix = Array.isArray(products) && products.length === SIZE && products.every((row) => rows.holds(row));
    return fieldRules.word.holds(count) && isMatrix && rows.holds(targets);
  },
};
