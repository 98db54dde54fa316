export const ESTIMATORS = ["sampled", "expected"] as const;

/**
 * What a user's return in long-term satisfaction is made of. "sampled": the engagement that was drawn. "expected": its mean at every
 * step, given the user's state and the slate. Both have the same mean (of a sum of conditional expectations: Owen, Monte Carlo
 * theory, methods and examples, 8.7), the second less variance; the lives are the same.
 */
export type Estimator = (typeof ESTIMATORS)[number];
