/** In the order of the numbers by which kernels know them. */
export const ESTIMATORS = ["sampled", "expected", "controlled"] as const;

/**
 * What returns are made of. "sampled": the rewards that were drawn. "expected": their conditional expectations at every step, given the
 * user's state and the slate (conditional Monte Carlo: Owen, Monte Carlo theory, methods and examples, 8.7).
 * "controlled": these, with control variates whose mean is 0: what the user's state and the candidates happened to be is taken off by
 * coefficients that were fitted to other users (see `ControlledReturn`). All have the same mean, each less variance than the one before;
 * the episodes are the same.
 * @useDeclaredType
 */
export type Estimator = (typeof ESTIMATORS)[number];
