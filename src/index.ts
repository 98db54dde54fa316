export { InvalidInput } from "./check/invalidInput.js";
export type { Seed } from "./random/seedKey.js";
export type { Moments } from "./numeric/moments.js";
export { policies, type Policy } from "./policy/policy.js";
export { parsePolicy, policyNames } from "./policy/parsePolicy.js";
export { longTermSatisfaction, type LongTermSatisfactionWorld } from "./scenario/longTermSatisfaction/world.js";
export type { CorpusDocument, Equations, Parameters, Resample } from "./scenario/longTermSatisfaction/parameters.js";
export { userModel, type UserModel as LongTermSatisfactionUserModel } from "./scenario/longTermSatisfaction/user.js";
export { chooseByInverseCdf, multinomialLogit, proportions } from "./choice/multinomialLogit.js";
export { makeWorld, scenarios } from "./scenario/scenarios.js";
export { simulate } from "./montecarlo/simulate.js";
export { compare } from "./montecarlo/compare.js";
export type { ComparedPair, ComparedPolicy, Comparison, OwnComparison, Ranking } from "./montecarlo/comparison.js";
export type { Rival } from "./montecarlo/compareOptions.js";
export type { Precision, PrecisionReport } from "./montecarlo/study/precision.js";
export type { Estimator } from "./montecarlo/estimator.js";
export type { BlockStore, StudyIdentity } from "./montecarlo/study/blockStore.js";
export type { StudyBlock } from "./montecarlo/study/studyBlock.js";
export { importPolicy } from "./montecarlo/workers/importPolicy.js";
export { trace, type Trace } from "./montecarlo/trace.js";
export type { Candidate, TraceState, TraceStep } from "./montecarlo/tracedLives.js";
export { mergeRuns } from "./montecarlo/mergeRuns.js";
export type { Run, Timing } from "./montecarlo/run.js";
export type { OwnRun } from "./montecarlo/ownRun.js";
export type { Distribution, Metrics, OwnMetrics, Series } from "./montecarlo/metrics.js";
export type { RunOptions, TraceOptions } from "./montecarlo/options.js";
export type { Engine, LtsRunPolicy, OwnRunPolicy } from "./montecarlo/runPolicy.js";
export type { BatchPolicy, BatchView } from "./montecarlo/batchPolicy.js";
export { agentPolicy, type AgentPolicy, type AgentSeed } from "./montecarlo/agentPolicy.js";
export { streamVersion } from "./random/streamVersion.js";
export type { OwnWorld, World } from "./scenario/world.js";
export { defineWorld } from "./scenario/own/defineWorld.js";
export type {
  DocumentSampler,
  ResponseModel,
  StepEvent,
  UserModel,
  WorldDefinition,
} from "./scenario/own/definition.js";
export type { Draws } from "./random/draws.js";
export { drawsAt, type DrawAddress } from "./random/drawsAt.js";
export { choiceModels } from "./choice/choiceModels.js";
export type { ChoiceModel } from "./choice/choiceModel.js";
export { spaces } from "./spaces/spaces.js";
export type { Infer, Space } from "./spaces/space.js";
export type { Observation } from "./spaces/observation.js";
export { makeEnv } from "./env/makeEnv.js";
export { makeBatchEnv } from "./env/batch/makeBatchEnv.js";
export type { BatchEnv } from "./env/batch/batchEnv.js";
export type { AutoresetMode, BatchEnvOptions, BatchResetOptions } from "./env/batch/batchOptions.js";
export type { BatchInfo, BatchReset, BatchStep } from "./env/batch/batchStep.js";
export type { LtsBatchObservation } from "./env/batch/kernelBatch.js";
export { makeMultiUserEnv } from "./env/multiUserEnv.js";
export type { Environment, Info, ResetOptions, ResetResult, StepResult } from "./env/environment.js";
export type { EnvOptions } from "./env/envOptions.js";
export { agents } from "./agents/agents.js";
export { agentNames, parseAgent } from "./agents/parseAgent.js";
export type { Agent, AgentOptions, AgentSpaces, CreateAgent } from "./agents/agent.js";
export type { StatisticsDefinition } from "./agents/layers/sufficientStatistics.js";
export { Bandit } from "./agents/bandits/bandit.js";
export { GlmBandit } from "./agents/bandits/glmBandit.js";
export { exp, logistic } from "./numeric/exponential.js";
export { log } from "./numeric/log.js";
