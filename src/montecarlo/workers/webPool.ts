import type { Users } from "../blockTotals.js";
import type { PortionAnswer, WorkerTask } from "./portionAnswer.js";
import type { OpenPool } from "./workerPool.js";

/** Threads of a page: module workers, each with one portion at a time; one that died is replaced. */
export const openPool: OpenPool = (task, threads) => {
  const idle = Array.from({ length: threads }, () => startWorker(task));
  const all = new Set(idle);
  const waiting: ((worker: Worker) => void)[] = [];
  const take = async (): Promise<Worker> => idle.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const give = (worker: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  return {
    async run(portion) {
      const worker = await take();
      try {
        const answer = await ask(worker, portion);
        give(worker);
        return answer;
      } catch (error) {
        worker.terminate();
        all.delete(worker);
        const replacement = startWorker(task);
        all.add(replacement);
        give(replacement);
        throw error;
      }
    },
    async close() {
      for (const worker of all) worker.terminate();
    },
  };
};

export function coreCount(): number {
  return navigator.hardwareConcurrency;
}

function startWorker(task: WorkerTask): Worker {
  const worker = new Worker(new URL("./webWorker.js", import.meta.url), { type: "module" });
  send(worker, task);
  return worker;
}

function send(worker: Worker, message: WorkerTask | Users): void {
  worker.postMessage(message, []);
}

function ask(worker: Worker, portion: Users): Promise<PortionAnswer> {
  return new Promise((resolve, reject) => {
    const once = { once: true };
    worker.addEventListener("message", ({ data }: MessageEvent<PortionAnswer>) => resolve(data), once);
    worker.addEventListener("messageerror", () => reject(new Error("a worker's answer could not be read")), once);
    worker.addEventListener(
      "error",
      ({ message }) => reject(new Error(message || "a worker could not be started")),
      once,
    );
    send(worker, portion);
  });
}
