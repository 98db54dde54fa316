import type { StudyChunk } from "../studies/study.js";
import type { ChunkAnswer, WorkerTask } from "./chunkAnswer.js";

/** Pool of threads that simulate chunks; Node and the browser have one implementation each, under the name `#workerPool`. */
export interface WorkerPool {
  /** Simulates a chunk. Rejects if its worker died; it is replaced then. */
  run(chunk: StudyChunk): Promise<ChunkAnswer>;
  close(): Promise<void>;
}

/** Opens a pool of that many threads. In a page it rejects if they cannot be started from `workerUrl`; Node has none. */
export type OpenPool = (
  task: WorkerTask,
  threads: number,
  workerUrl: string | undefined,
) => WorkerPool | Promise<WorkerPool>;
