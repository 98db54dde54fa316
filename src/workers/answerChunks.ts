import type { StudyChunk } from "../studies/study.js";
import type { PageAnswer, PageTask } from "./pageWorker.js";
import { chunkAnswers } from "./chunkAnswer.js";

/** Answers to messages of a page: the first message is the task, all others are chunks, answered in order. */
export function answerChunks(): void {
  let answers: Promise<ReturnType<typeof chunkAnswers>> | undefined;
  addEventListener("message", ({ data }: MessageEvent<PageTask | StudyChunk>) => {
    if (answers === undefined) answers = begin(data as PageTask);
    else void answers.then((answer) => answer(data as StudyChunk)).then(postAfterTurn);
  });
}

/** Acquires the lock before any policy is loaded. */
async function begin({ task, lock }: PageTask): Promise<ReturnType<typeof chunkAnswers>> {
  if (lock !== undefined) await holdUntilEnd(lock);
  return chunkAnswers(task);
}

/** Resolves when the lock is held, or if locks are not available after all. */
function holdUntilEnd(lock: string): Promise<void> {
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      post("held");
      resolve();
      return new Promise(() => {});
    };
    navigator.locks.request(lock, hold).catch(resolve);
  });
}

/** Posts after a turn of the event loop, as in nodeWorker.ts: a worker that its policy closed has no further turn. */
function postAfterTurn(answer: PageAnswer): void {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", () => {
    port1.close();
    post(answer);
  });
  port1.start();
  port2.postMessage(null);
}

function post(answer: PageAnswer): void {
  postMessage(answer);
}
