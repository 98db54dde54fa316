import type { UserRange } from "../statistics/blocks.js";
import type { PageAnswer, PageTask } from "./pageWorker.js";
import { chunkAnswers } from "./chunkAnswer.js";

/** The first message is the task, all others are chunks, which are answered in their order. */
let answers: Promise<ReturnType<typeof chunkAnswers>> | undefined;

addEventListener("message", ({ data }: MessageEvent<PageTask | UserRange>) => {
  if (answers === undefined) answers = begin(data as PageTask);
  else void answers.then((answer) => answer(data as UserRange)).then(tellInTurn);
});

/** Nobody's policy is heard of before the lock is held. */
async function begin({ task, lock }: PageTask): Promise<ReturnType<typeof chunkAnswers>> {
  if (lock !== undefined) await holdForLife(lock);
  return chunkAnswers(task);
}

/** Where there are no locks after all, the worker does without. */
function holdForLife(lock: string): Promise<void> {
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      tell("held");
      resolve();
      return new Promise(() => {});
    };
    navigator.locks.request(lock, hold).catch(resolve);
  });
}

/** After a turn of the event loop, as in nodeWorker.ts: a worker that its policy closed comes to none. */
function tellInTurn(answer: PageAnswer): void {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", () => {
    port1.close();
    tell(answer);
  });
  port1.start();
  port2.postMessage(null);
}

function tell(answer: PageAnswer): void {
  postMessage(answer);
}
