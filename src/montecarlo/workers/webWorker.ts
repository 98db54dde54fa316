import type { Users } from "../blockTotals.js";
import { portionAnswers, type PortionAnswer, type WorkerTask } from "./portionAnswer.js";

/** The first message is the task, all others are portions, which are answered in their order. */
let answer: ((portion: Users) => Promise<PortionAnswer>) | undefined;

addEventListener("message", ({ data }: MessageEvent<WorkerTask | Users>) => {
  if (answer === undefined) answer = portionAnswers(data as WorkerTask);
  else void answer(data as Users).then((blocks) => postMessage(blocks));
});
