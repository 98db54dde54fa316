import type { StudyChunk } from "../studies/study.js";
import { PageWorker } from "./pageWorker.js";
import type { OpenPool } from "./workerPool.js";

/** Pool of module workers of a page, each with one chunk at a time; one that died is replaced. */
export const openPool: OpenPool = (task, threads) => {
  const idle = Array.from({ length: threads }, () => new PageWorker(task));
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
        const replacement = new PageWorker(task);
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

export function coreCount(): number {
  return navigator.hardwareConcurrency;
}
