/**
 * Files of runs: finished blocks, locks and trajectories; and tables of users and documents for them. For Node.
 * @module slatesim/records
 */
export { blockFolder, type BlockFolderOptions } from "./blockFolder.js";
export { sweepFolder } from "./sweepFolder.js";
export { writeShard, type WrittenShard } from "./writeShard.js";
export { mergeShards, PrecisionNotReached } from "./mergeShards.js";
export { shardStatus, type ShardRound, type ShardStatus } from "./shardStatus.js";
export type { ShardControl, ShardOptions, ShardSimulation } from "./shardOptions.js";
export { makeLock, type Lock, type LockOptions } from "./lock.js";
export type { LockedPart, LockSources } from "./lockSources.js";
export { lockPathMistakes, readLock, writeLock, type OpenedLock, type ReadLockOptions } from "./lockFile.js";
export { verifyLock, verifyMistakes, type Difference, type Verdict, type VerifyOptions } from "./verifyLock.js";
export type { Divergence, StepDifference } from "./explainBlock.js";
export { writeTrajectories, type WrittenTrajectories } from "./trajectories.js";
export type { TrajectoryOptions } from "./trajectoryOptions.js";
export type { RecordedStep } from "../montecarlo/tracedEpisodes.js";
export { sampleUsers, type SampleOptions } from "./sampleUsers.js";
export { readDocuments, readUserTable } from "./readTable.js";
