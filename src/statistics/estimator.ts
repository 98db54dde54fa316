export const ESTIMATORS = ["sampled", "expected"] as const;

/**
 * What returns are made of. "sampled": the rewards that were drawn. "expected": their conditional expectations at every step, given the
 * user's state and the slate (conditional Monte Carlo: Owen, Monte Carlo theory, methods and examples, 8.7). Both have the same
 * mean, the second less variance; the episodes are the same.
 * @useDeclaredType
 */
export type Estimator = (typeof ESTIMATORS)[number];
