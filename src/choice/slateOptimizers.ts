// Slate optimisation of SlateQ (Ie et al. 2019): the slate's value is Σ vᵢqᵢ / (v₀ + Σ vᵢ), with the odds v of a choice model of the
// logit kind and item values q. These functions trust their arguments.

/** Odds and values of all candidates, scaled by powers of two so that no sum or product of them overflows. */
export interface SlateProblem {
  readonly weights: readonly number[];
  readonly noClickWeight: number;
  readonly values: readonly number[];
  /** What the values were multiplied by. */
  readonly valueScale: number;
}

/** Returns positions of a slate of that size. */
export type Optimize = (problem: SlateProblem, slateSize: number) => number[];

/**
 * Scales odds, which leaves every slate's value as it is, and values. Powers of two round nothing but numbers that are 10^430 times smaller
 * than the largest; those may become 0.
 */
export function slateProblem(
  weights: readonly number[],
  noClickWeight: number,
  values: readonly number[],
): SlateProblem {
  const weightScale = scaleOf(Math.max(largestOf(weights), noClickWeight));
  const valueScale = scaleOf(largestOf(values));
  return {
    weights: weights.map((weight) => weight * weightScale),
    noClickWeight: noClickWeight * weightScale,
    values: values.map((value) => value * valueScale),
    valueScale,
  };
}

const LARGEST = 2 ** 480; // products are at most 2^960, so even sums of 2^24 of them are finite
const SMALLEST = 2 ** 416;
const STEP = 2 ** 64;
const MAX_SCALE = 2 ** 960;

/** Returns the power of two that brings a number into [2^416, 2^480], or as near as one factor can. */
function scaleOf(largest: number): number {
  let scale = 1;
  while (largest * scale > LARGEST) scale /= STEP;
  while (largest * scale < SMALLEST && scale < MAX_SCALE) scale *= STEP;
  return scale;
}

function largestOf(numbers: readonly number[]): number {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}

/** Returns the scaled value of a slate, added up in the order of the positions; -Infinity for one that has no probabilities, as all its odds are 0. */
export function scaledSlateValue(problem: SlateProblem, slate: readonly number[]): number {
  let worth = 0;
  let total = problem.noClickWeight;
  for (const position of slate.toSorted((a, b) => a - b)) {
    worth += problem.weights[position]! * problem.values[position]!;
    total += problem.weights[position]!;
  }
  return total > 0 ? worth / total : -Infinity;
}

/** Takes the documents with the largest v·q. */
const topKSlate: Optimize = ({ weights, values }, slateSize) =>
  largestFirst(
    weights.map((weight, position) => weight * values[position]!),
    slateSize,
  );

/** Adds the document that makes the slate so far worth most, one after the other. */
const greedySlate: Optimize = (problem, slateSize) => {
  const { weights, values } = problem;
  const slate: number[] = [];
  const left = new Set(weights.keys());
  let worth = 0;
  let total = problem.noClickWeight;
  while (slate.length < slateSize) {
    let best = -1;
    let most = -Infinity;
    for (const position of left) {
      const sum = total + weights[position]!;
      const value = sum > 0 ? (worth + weights[position]! * values[position]!) / sum : -Infinity;
      if (best >= 0 && value <= most) continue;
      best = position;
      most = value;
    }
    left.delete(best);
    slate.push(best);
    worth += weights[best]! * values[best]!;
    total += weights[best]!;
  }
  return slate;
};

/**
 * Maximises the slate's value by Dinkelbach's iteration (1967): while the documents with the largest v·(q − value of the slate) are worth
 * more, they are the slate. It is finite, as values increase, and ends at the maximum, but for rounding. It begins with the better one of
 * the other two slates, so that rounding cannot make it worse than they are.
 */
const exactSlate: Optimize = (problem, slateSize) => {
  const { weights, values } = problem;
  let slate = betterSlate(problem, topKSlate(problem, slateSize), greedySlate(problem, slateSize));
  for (;;) {
    const trial = scaledSlateValue(problem, slate);
    const gains = weights.map((weight, position) => weight * (values[position]! - trial));
    const next = betterSlate(problem, slate, largestFirst(gains, slateSize));
    if (next === slate) return slate;
    slate = next;
  }
};

/** What fills slates by odds and values. */
export type SlateOptimizerName = "topK" | "greedy" | "exact";

export const optimizeBy: Readonly<Record<SlateOptimizerName, Optimize>> = {
  topK: topKSlate,
  greedy: greedySlate,
  exact: exactSlate,
};

/** Returns the slate that is worth more; of equal ones the first. */
function betterSlate(problem: SlateProblem, one: number[], other: number[]): number[] {
  return scaledSlateValue(problem, other) > scaledSlateValue(problem, one) ? other : one;
}

/**
 * Returns the positions of the largest numbers, largest first. Ties: lower position first. It inserts, as slates are short: that is faster
 * than sorting all.
 */
function largestFirst(numbers: readonly number[], count: number): number[] {
  const slate: number[] = [];
  for (let position = 0; position < numbers.length; position++) {
    const number = numbers[position]!;
    if (slate.length === count && !(number > numbers[slate[count - 1]!]!)) continue;
    let slot = slate.length;
    for (; slot > 0 && numbers[slate[slot - 1]!]! < number; slot--) slate[slot] = slate[slot - 1]!;
    slate[slot] = position;
    if (slate.length > count) slate.pop();
  }
  return slate;
}
