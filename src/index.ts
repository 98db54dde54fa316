/**
 * Worlds, policies, runs, environments and agents, for Node and for pages.
 * @module slatesim
 */
import { show } from "#notebook";
import { displayBy } from "./display/displayed.js";
export { InvalidInput } from "./check/invalidInput.js";
export type { Json } from "./check/json.js";
export type { Seed } from "./random/seedKey.js";
export type { Interval, Moments } from "./numeric/moments.js";
export { policies } from "./policies/policies.js";
export type {
  AgentPolicy,
  AgentSeed,
  BatchPolicy,
  BatchView,
  BuiltInPolicy,
  EpisodicAgent,
  RunPolicy,
} from "./world/policy.js";
export type { DocumentOrder } from "./world/documentOrder.js";
export { parsePolicy, policyNames } from "./policies/parsePolicy.js";
export { longTermSatisfaction } from "./worlds/longTermSatisfaction/world.js";
export type {
  LongTermSatisfactionWorld,
  LtsBatchObservation,
  LtsResponse,
  LtsTracedState,
  LtsTracedStep,
  LtsTypes,
  LtsUserObservation,
} from "./worlds/longTermSatisfaction/types.js";
export type { NumberDistribution, NumberEnds } from "./random/distribution.js";
export type {
  CorpusDocument,
  Equations,
  Parameters,
  PerUser,
  PlainParameters,
  Resample,
  UserColumns,
  UserParameter,
  UserRow,
  UserTable,
} from "./worlds/longTermSatisfaction/parameters.js";
export { userModel } from "./worlds/longTermSatisfaction/userModel.js";
export type { LtsModel } from "./worlds/longTermSatisfaction/model.js";
export { chooseByInverseCdf, multinomialLogit, proportions } from "./choice/validatedChoice.js";
export { slateOptimizers, slateValue, type SlateOptimizer } from "./choice/validatedSlates.js";
export type { SlateOptimizerName } from "./choice/slateOptimizers.js";
export { interestEvolution, interestExploration, type InterestScenario } from "./worlds/interest/interestWorlds.js";
export { compiledWorld } from "./worlds/compiled/compiledWorld.js";
export type { CompiledProgram, CompiledWorldOptions } from "./worlds/compiled/compiledProgram.js";
export { DEFAULT_SCENARIO, makeWorld, scenarios, type BuiltInWorld, type Scenarios } from "./worlds/scenarios.js";
export { simulate, type WithMetrics } from "./montecarlo/simulate.js";
export { compare } from "./montecarlo/compare.js";
export { beliefPolicy } from "./solve/beliefPolicy.js";
export { solve } from "./solve/solve.js";
export { regretOf, type Regret } from "./solve/regret.js";
export { sweep } from "./sweep/sweep.js";
export { worldGrid, type Axis, type Spaced, type SweepWorld } from "./sweep/worldGrid.js";
export type { SolvedPolicy } from "./sweep/solvedPolicy.js";
export type { SweepOptions } from "./sweep/sweepOptions.js";
export type { Sweep, SweepCell, SweptDifference, SweptPolicy } from "./sweep/sweepResult.js";
export type { SolveOptions } from "./solve/solveOptions.js";
export type { HeldValue, Refinement, Solution, SolutionTable } from "./solve/solution.js";
export type { Lift } from "./montecarlo/lift.js";
export type { ComparedPair, ComparedPolicy, Comparison, Ranking } from "./montecarlo/comparison.js";
export type { Variant } from "./montecarlo/compareOptions.js";
export type { Precision, PrecisionReport } from "./studies/stoppingRule.js";
export type { Estimator } from "./statistics/estimator.js";
export type { RemoteWorkers } from "./studies/remoteWorkers.js";
export type { BlockStore, StoredStudy, StudyIdentity } from "./studies/blockStore.js";
export type { StudyBlock } from "./studies/studyBlock.js";
export type { UserRange } from "./statistics/blocks.js";
export { importPolicy, type ModulePolicy } from "./policies/importPolicy.js";
export { changedWorld, type WorldChanges } from "./worlds/compiled/changedWorld.js";
export { importWorld } from "./worlds/compiled/importWorld.js";
export { importAgent } from "./agents/importAgent.js";
export { trace, type Trace } from "./montecarlo/trace.js";
export type { TraceCandidate, TraceState, TraceStep } from "./montecarlo/tracedEpisodes.js";
export { mergeRuns } from "./montecarlo/mergeRuns.js";
export type { Run, RunEnd, RunHeader } from "./montecarlo/run.js";
export type { Timing } from "./montecarlo/timing.js";
export type { AnyMetrics, CommonMetrics, Distribution, Metrics, Series } from "./statistics/metrics.js";
export {
  metrics,
  type AnyStep,
  type ClickStep,
  type DocumentStep,
  type Reading,
  type StepOptions,
} from "./world/metricKinds.js";
export type {
  EpisodeMetric,
  Metric,
  MetricLabel,
  MetricStep,
  MetricTable,
  RatioMetric,
  SeriesNamesOf,
  StepMetric,
} from "./world/metrics.js";
export type { CompareOptions, OnProgress, RunOptions } from "./montecarlo/options.js";
export type { TraceOptions } from "./montecarlo/traceOptions.js";
export type { Engine } from "./engines/openEngine.js";
export { useKernel } from "./worlds/longTermSatisfaction/kernel/kernelProgram.js";
export { agentPolicy } from "./policies/agentPolicy.js";
export { streamVersion } from "./random/streamVersion.js";
export type { AnyWorldTypes, ObservationOf, TypesOf, WorldTypes } from "./world/worldTypes.js";
export type { MultiUserObservationOf } from "./world/observation.js";
export type { World } from "./world/world.js";
export { defineWorld } from "./worlds/custom/defineWorld.js";
export type {
  ControlModel,
  CustomTypes,
  CustomWorld,
  DocumentSampler,
  ResponseModel,
  StepEvent,
  UserModel,
  WorldDefinition,
} from "./worlds/custom/definition.js";
export type { Draws } from "./random/draws.js";
export { drawsAt, type DrawAddress } from "./random/drawsAt.js";
export { choiceModels } from "./choice/choiceModels.js";
export type { ChoiceModel } from "./choice/choiceModel.js";
export type { CascadeOptions, ProportionalCascadeOptions } from "./choice/cascadeModels.js";
export type { MultinomialLogitOptions, MultinomialProportionalOptions } from "./choice/multinomialModels.js";
export { spaces } from "./spaces/spaces.js";
export type { Bound, Box, BoxBounds, BoxValue } from "./spaces/box.js";
export type { CandidateSet } from "./spaces/candidateSet.js";
export type { Discrete, MultiDiscrete } from "./spaces/discrete.js";
export type { Dict, DictValue, Tuple, TupleValue } from "./spaces/records.js";
export type { Nullable, Sequence } from "./spaces/sequence.js";
export type { Slate, SlateShape } from "./spaces/slate.js";
export type { Infer, Space } from "./spaces/space.js";
export type { MultiUserObservation, Observation } from "./spaces/observation.js";
export { makeEnv } from "./env/makeEnv.js";
export type { Env } from "./env/env.js";
export { makeBatchEnv } from "./env/batch/makeBatchEnv.js";
export type { BatchEnv } from "./env/batch/batchEnv.js";
export type { BatchSlates } from "./env/batch/batchSlates.js";
export type { AutoresetMode, BatchEnvOptions, BatchResetOptions } from "./env/batch/batchOptions.js";
export type { BatchInfo, BatchReset, BatchStep } from "./env/batch/batchStep.js";
export { makeMultiUserEnv, type MultiUserEnv, type MultiUserInfo, type MultiUserStep } from "./env/multiUserEnv.js";
export type { Environment, Info, ResetOptions, ResetResult, StepResult } from "./env/environment.js";
export type { EnvOptions } from "./env/envOptions.js";
export { agents } from "./agents/agents.js";
export { agentNames, parseAgent } from "./agents/parseAgent.js";
export type { DrawingOptions } from "./agents/drawing.js";
export type { Agent, AgentOptions, AgentSpaces, CreateAgent, CreateInnerAgent } from "./agents/agent.js";
export type { GreedyOptions } from "./agents/greedy.js";
export type { GreedyClusterOptions } from "./agents/greedyCluster.js";
export type { MyopicSlateOptions } from "./agents/myopicSlate.js";
export type { ClickBanditOptions } from "./agents/layers/clickBandit.js";
export type { ClusterBanditOptions } from "./agents/layers/clusterBandit.js";
export type { ClusterClickStatisticsOptions } from "./agents/layers/clusterClickStatistics.js";
export type { FixedLengthHistoryOptions } from "./agents/layers/fixedLengthHistory.js";
export type {
  Memory,
  StatisticsDefinition,
  SufficientStatisticsOptions,
} from "./agents/layers/sufficientStatistics.js";
export type { TemporalAggregationOptions } from "./agents/layers/temporalAggregation.js";
export type { PolicySearchOptions } from "./agents/policySearch/policySearchOptions.js";
export type { TabularQOptions } from "./agents/tabularQ/tabularQOptions.js";
export type { ValueLearnerOptions } from "./agents/valueLearner/valueLearnerOptions.js";
export { Bandit, type BanditOptions } from "./agents/bandits/bandit.js";
export type { BanditAlgorithm } from "./agents/bandits/algorithms.js";
export { GlmBandit, type GlmBanditOptions } from "./agents/bandits/glmBandit.js";
export type { GlmAlgorithm } from "./agents/bandits/glmAlgorithms.js";
export { exp, logistic } from "./numeric/exponential.js";
export { log } from "./numeric/log.js";

displayBy(show); // bundles leave it out, and with it what draws charts
