import { availableParallelism } from "node:os";
import type { Transferable } from "node:worker_threads";
import { Piscina } from "piscina";
import type { OpenPool } from "./workerPool.js";

/** Threads that answer inputs. */
export interface Threads<Input, Answer> {
  /** Hands an input to a thread. Rejects if the thread died; it is replaced then. */
  run(input: Input, transferred?: readonly Transferable[]): Promise<Answer>;
  close(): Promise<void>;
}

export const openPool: OpenPool = (task, threads) => {
  return openThreads(new URL("./nodeEntry.cjs", import.meta.url).href, task, threads);
};

/**
 * Opens Node threads that run the module `filename` by the library Piscina, which replaces a thread that died. One that dies before
 * it is ready is not replaced until the next input: with no thread left, pending inputs are rejected.
 */
export function openThreads<Input, Answer>(
  filename: string,
  workerData: unknown,
  threads: number,
): Threads<Input, Answer> {
  const pool = new Piscina<Input, Answer>({
    filename,
    workerData,
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
  });
  const underWay = new Set<(cause: Error) => void>();
  let cause = new Error("a worker could not be started");
  pool.on("error", (error: Error) => (cause = error)); // of a worker that had no input
  const rejectIfNone = (): void => {
    if (pool.threads.length === 0) for (const reject of underWay) reject(cause);
  };
  pool.on("workerDestroy", () => setImmediate(rejectIfNone)); // by then Piscina has replaced it, if it does
  return {
    run: (input, transferred = []) =>
      new Promise<Answer>((resolve, reject) => {
        underWay.add(reject);
        void pool
          .run(input, { transferList: [...transferred] as never })
          .then(resolve, reject)
          .finally(() => underWay.delete(reject));
      }),
    close: () => pool.destroy(),
  };
}

export function coreCount(): number {
  return availableParallelism();
}
