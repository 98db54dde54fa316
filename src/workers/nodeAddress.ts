import { expectedMistake } from "../check/mistakes.js";
import type { WorkerUrlMistake } from "./workerAddress.js";

export const workerUrlMistake: WorkerUrlMistake = (url) => {
  return url === undefined ? undefined : expectedMistake("workerUrl", "nothing in Node, whose threads need none", url);
};
