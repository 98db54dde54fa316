/** How steps count: a return is the sum of perStep[t] · reward(t). */
export interface RewardWeights {
  /** First steps that are left out of returns, ratios, averages and clicks. */
  readonly warmUp: number;
  /** γ^(t - warmUp) from the end of the warm-up on, 0 before. */
  readonly perStep: Float64Array;
}

/** Weights of `steps` steps under a discount γ in [0, 1]: powers are products, step by step. */
export function rewardWeights(steps: number, discount = 1, warmUp = 0): RewardWeights {
  const perStep = new Float64Array(steps);
  for (let step = warmUp, weight = 1; step < steps; step++, weight *= discount) perStep[step] = weight;
  return { warmUp, perStep };
}
