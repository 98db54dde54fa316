import { Worker } from "node:worker_threads";
import { fail } from "./fail.js";
import { exitInterrupted } from "./interrupt.js";
import { outputWidth } from "./print.js";
import { showProgress } from "./progressBar.js";
import { INTERRUPT, type CommandInput, type ThreadMessage } from "./thread.js";

/** Milliseconds after which a thread that has not terminated is waiting for the system, and cannot be terminated. */
const MAX_END = 300;

/**
 * Executes a command in a separate thread. JavaScript handles a signal only when its thread is idle, which a policy that loops, or one
 * long step, never allows; therefore the main thread stays idle, and ends the process on the second Ctrl-C whatever the other thread
 * does. A policy that ends "the process" ends its thread only, which is reported.
 */
export function executeInThread(name: string, words: readonly string[]): void {
  const interruptible = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const showsProgress = process.stderr.isTTY === true;
  const command: CommandInput = { name, words, width: outputWidth(), showsProgress, interruptible };
  const thread = new Worker(new URL("./commandThread.js", import.meta.url), { workerData: { command } });
  let ended = false;
  process.on("SIGINT", () => {
    if (Atomics.exchange(interruptible, 0, 0) === 1) return thread.postMessage(INTERRUPT, []);
    ended = true;
    void exitWith(thread);
  });
  process.off("SIGINT", exitInterrupted);
  thread.on("message", (message: ThreadMessage) => {
    if (message === "ended") ended = true;
    else showProgress(message.progress);
  });
  thread.on("error", (error) => {
    ended = true;
    showProgress(undefined);
    fail(error);
  });
  thread.on("exit", (code) => {
    showProgress(undefined);
    if (!ended) fail(new Error("The command ended before it was done: something called process.exit."));
    else process.exitCode ??= code;
  });
}

/** Ends the process at once; by the signal itself if the thread prevents the end, which shells report as the same code. */
async function exitWith(thread: Worker): Promise<void> {
  process.removeAllListeners("SIGINT");
  setTimeout(() => process.kill(process.pid, "SIGINT"), MAX_END);
  await thread.terminate();
  exitInterrupted();
}
