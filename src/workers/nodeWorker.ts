import { workerData } from "node:worker_threads";
import { chunkAnswers, type WorkerTask } from "./chunkAnswer.js";

export const answer = chunkAnswers(workerData as WorkerTask);
