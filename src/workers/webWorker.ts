/**
 * The first file of a worker of a page; a bundler makes a file of its own of it, which the option `workerUrl` names.
 * @module slatesim/worker
 */
import type { PageAnswer } from "./pageWorker.js";

// Nothing but types is imported at the top: where a file below a worker's first one does not load, Firefox tells nobody.
void load();

async function load(): Promise<void> {
  post("begun");
  try {
    const { answerChunks } = await import("./answerChunks.js");
    answerChunks();
    post("ready");
  } catch (error) {
    post({ unloaded: String(error) });
  }
}

function post(answer: PageAnswer): void {
  postMessage(answer);
}
