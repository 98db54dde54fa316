import type { StudyChunk } from "../studies/study.js";
import type { WorkerTask } from "./chunkAnswer.js";
import { PageWorker } from "./pageWorker.js";
import type { OpenPool } from "./workerPool.js";

/** Pool of module workers of a page, each with one chunk at a time; one that died is replaced. */
export const openPool: OpenPool = async (task, threads, workerUrl) => {
  const idle = await startWorkers(task, threads, workerUrl);
  const all = new Set(idle);
  const waiting: ((worker: PageWorker) => void)[] = [];
  const take = async (): Promise<PageWorker> => idle.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const give = (worker: PageWorker): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  return {
    async run(chunk: StudyChunk) {
      const worker = await take();
      try {
        const answer = await worker.ask(chunk);
        give(worker);
        return answer;
      } catch (error) {
        worker.end();
        all.delete(worker);
        const replacement = new PageWorker(task, workerUrl);
        all.add(replacement);
        give(replacement);
        throw error;
      }
    },
    async close() {
      for (const worker of all) worker.end();
    },
  };
};

/** Rejects with the error of the first that cannot start; then none is left. */
async function startWorkers(task: WorkerTask, threads: number, url: string | undefined): Promise<PageWorker[]> {
  const workers = Array.from({ length: threads }, () => new PageWorker(task, url));
  try {
    await Promise.all(workers.map(({ started }) => started));
    return workers;
  } catch (error) {
    for (const worker of workers) worker.end();
    throw error;
  }
}

export function coreCount(): number {
  return navigator.hardwareConcurrency;
}
