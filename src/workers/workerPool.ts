import type { UserRange } from "../statistics/blocks.js";
import type { ChunkAnswer, WorkerTask } from "./chunkAnswer.js";

/** Threads that answer chunks; Node and the browser have one each, under the name `#workerPool`. */
export interface WorkerPool {
  /** Rejects when the worker that had the chunk died; another has taken its place then. */
  run(chunk: UserRange): Promise<ChunkAnswer>;
  close(): Promise<void>;
}

/** Opens a pool of that many threads. */
export type OpenPool = (task: WorkerTask, threads: number) => WorkerPool;
