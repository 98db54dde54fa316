import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { ChunkAnswer } from "./chunkAnswer.js";
import type { OpenPool } from "./workerPool.js";

/**
 * Threads of Node, by the library Piscina, which puts a new one in the place of one that died. For one that dies before it is
 * ready there is none until the next chunk is run: with no thread left, whatever waits for one is rejected.
 */
export const openPool: OpenPool = (task, threads) => {
  const filename = new URL("./nodeEntry.cjs", import.meta.url).href;
  const pool = new Piscina({
    filename,
    workerData: task,
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
  });
  const underWay = new Set<(cause: Error) => void>();
  let cause = new Error("a worker could not be started");
  pool.on("error", (error: Error) => (cause = error)); // of a worker that had no chunk
  const rejectIfNone = (): void => {
    if (pool.threads.length === 0) for (const reject of underWay) reject(cause);
  };
  pool.on("workerDestroy", () => setImmediate(rejectIfNone)); // by then it is replaced, if it is to be
  return {
    run: (chunk) =>
      new Promise<ChunkAnswer>((resolve, reject) => {
        underWay.add(reject);
        void pool
          .run(chunk)
          .then(resolve, reject)
          .finally(() => underWay.delete(reject));
      }),
    close: () => pool.destroy(),
  };
};

export function coreCount(): number {
  return availableParallelism();
}
