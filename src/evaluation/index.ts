/**
 * Off-policy evaluation: what a policy is worth, from episodes that another one logged, beside the simulated truth.
 * @module slatesim/evaluation
 */
export { compareEstimators } from "./compareEstimators.js";
export type {
  EstimatorComparison,
  EstimatorComparisonOptions,
  EstimatorErrors,
  ValueEstimator,
} from "./compareEstimators.js";
export type { SlateProbability } from "./distribution.js";
export type { Estimate } from "./estimate.js";
export { doublyRobust, ips, perDecision, selfNormalizedIps, type ValueModel } from "./estimators.js";
export type { EpisodeLog, LoggedEpisode, LoggedStep } from "./log.js";
export { logEpisodes, type LogOptions } from "./logEpisodes.js";
export { independentIps, pseudoInverse, rewardInteractionIps } from "./slateEstimators.js";
export { stochasticPolicy, type StochasticDefinition, type StochasticPolicy } from "./stochasticPolicy.js";
export { targetPolicy, type EvaluatedPolicy, type TargetPolicy } from "./targetPolicy.js";
