import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { OpenPool } from "./workerPool.js";

/** Threads of Node, by the library Piscina, which puts a new one in the place of one that died. */
export const openPool: OpenPool = (task, threads) => {
  const filename = new URL("./nodeWorker.js", import.meta.url).href;
  const pool = new Piscina({
    filename,
    workerData: task,
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
  });
  pool.on("error", () => {}); // of a worker that died between two portions: it is replaced as well
  return { run: (portion) => pool.run(portion), close: () => pool.destroy() };
};

export function coreCount(): number {
  return availableParallelism();
}
