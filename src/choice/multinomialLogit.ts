import { exp } from "../numeric/exponential.js";

/**
 * Choice probabilities of the multinomial logit model: P(i) ∝ e^score(i), no click last with its own logit
 * (McFadden 1974; RecSim's MultinomialLogitChoiceModel). Scores and logit may be any numbers within ±700 of the largest;
 * smaller ones, and -Infinity, come out as 0.
 */
export function multinomialLogit(scores: readonly number[], noClickLogit: number): number[] {
  let largest = noClickLogit;
  for (let i = 0; i < scores.length; i++) largest = Math.max(largest, scores[i]!);
  const weights: number[] = []; // pushed: see `proportions`
  for (let i = 0; i < scores.length; i++) weights.push(weightOf(scores[i]! - largest));
  weights.push(weightOf(noClickLogit - largest));
  return proportions(weights);
}

function weightOf(logit: number): number {
  return logit < -700 ? 0 : exp(logit);
}

/** Each weight's share of their sum, taken from left to right. */
export function proportions(weights: readonly number[]): number[] {
  const total = sumOf(weights);
  const shares: number[] = []; // pushed, because engines have two kinds of lists of doubles, and convert one into the other when both occur
  for (let i = 0; i < weights.length; i++) shares.push(weights[i]! / total);
  return shares;
}

/** Returns the sum, added from left to right. */
function sumOf(weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  return sum;
}

/**
 * The index that a uniform draw in [0, 1) picks by inverse CDF: how many running sums of the weights are ≤ u·total.
 * Weights need not be normalised; the last one is never passed.
 */
export function chooseByInverseCdf(weights: readonly number[], uniform: number): number {
  const point = uniform * sumOf(weights);
  let sum = 0;
  let index = 0;
  for (let i = 0; i < weights.length - 1; i++) {
    sum += weights[i]!;
    if (point >= sum) index += 1;
  }
  return index;
}
