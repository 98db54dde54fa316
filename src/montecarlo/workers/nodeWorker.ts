import { setImmediate as turn } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import type { Users } from "../blockTotals.js";
import { portionAnswers, type PortionAnswer, type WorkerTask } from "./portionAnswer.js";

const answer = portionAnswers(workerData as WorkerTask);

/**
 * As Piscina may hand over the next portion before the event loop turns, the loop turns here: what a policy left to run there,
 * and may fail of, belongs to the portion.
 */
export async function answerInTurn(portion: Users): Promise<PortionAnswer> {
  const answered = await answer(portion);
  await turn();
  return answered;
}
