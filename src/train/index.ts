/**
 * Training and evaluating agents, with files that resume to the same bytes. For Node.
 * @module slatesim/train
 */
export { TrainRunner, type TrainSummary } from "./trainRunner.js";
export { trainSettingMistakes, type EnvAndAgent, type TrainOptions, type TrainSettings } from "./trainOptions.js";
export {
  EvalRunner,
  evalSettingMistakes,
  type EvalOptions,
  type EvalSettings,
  type EvalSummary,
  type Evaluation,
} from "./evalRunner.js";
export type { Checkpoint, Settings } from "./checkpoint.js";
export { readCheckpoints, type CheckpointChoice } from "./checkpointFolder.js";
export type { Mark } from "./growingFile.js";
export type { EpisodeRow } from "./episodeLog.js";
export type { EpisodeStatistics, IterationSummary } from "./iteration.js";
export type { RunControl, Timing } from "./runControl.js";
export { replicate } from "./replicate/replicate.js";
export { replicationSeed } from "./replicate/plan.js";
export type { ReplicateOptions } from "./replicate/replicateOptions.js";
export type { CurvePoint, LearningCurve, Optimum, ReplicationMean, ReplicationTiming } from "./replicate/curve.js";
export type { ReplicationPart, ReplicationStore, StoredReplications } from "./replicate/replicationStore.js";
export type { Replication } from "./replicate/replication.js";
export { compareCurves, type CurveDifference } from "./replicate/compareCurves.js";
