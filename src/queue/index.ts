/**
 * A live queue of chunks in Redis, by BullMQ: any number of workers, on any number of machines, simulate the runs that are submitted to it.
 * For Node.
 * @module slatesim/bullmq
 */
export { openQueue, type QueueClient } from "./openQueue.js";
export { openQueueWorker, type QueueWorker } from "./openQueueWorker.js";
export type { QueueAddress, QueueOptions, QueueWorkerOptions } from "./queueOptions.js";
export type { QueuedRun, QueueStatus } from "./status.js";
export type { RunState } from "./runRecord.js";
export type { ConnectedWorker } from "./workerName.js";
