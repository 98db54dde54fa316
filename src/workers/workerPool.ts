import type { Users } from "../statistics/blocks.js";
import type { PortionAnswer, WorkerTask } from "./portionAnswer.js";

/** Threads that answer portions; Node and the browser have one each, under the name `#workerPool`. */
export interface WorkerPool {
  /** Rejects when the worker that had the portion died; another has taken its place then. */
  run(portion: Users): Promise<PortionAnswer>;
  close(): Promise<void>;
}

/** Opens a pool of that many threads. */
export type OpenPool = (task: WorkerTask, threads: number) => WorkerPool;
