import { workerData } from "node:worker_threads";
import { portionAnswers, type WorkerTask } from "./portionAnswer.js";

export const answer = portionAnswers(workerData as WorkerTask);
