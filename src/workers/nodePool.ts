import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { ChunkAnswer } from "./chunkAnswer.js";
import type { OpenPool } from "./workerPool.js";

/**
 * Pool of Node threads by the library Piscina, which replaces a thread that died. One that dies before it is ready is not replaced
 * until the next chunk: with no thread left, pending chunks are rejected.
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
  pool.on("workerDestroy", () => setImmediate(rejectIfNone)); // by then Piscina has replaced it, if it does
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
