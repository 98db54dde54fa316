import { Worker } from "node:worker_threads";
import { fail } from "./fail.js";
import { leave } from "./interrupt.js";
import { outputWidth } from "./print.js";
import { showProgress } from "./progressBar.js";
import { INTERRUPT, type Handed, type Told } from "./thread.js";

/** A thread that is not gone after so many milliseconds waits for the system, and cannot be ended. */
const MAX_END = 300;

/**
 * Executes a command in a thread of its own. JavaScript hears of a signal only when its thread comes to rest, which a policy
 * that loops, or one long step, never does; so the main thread does nothing but rest, and ends the process on the second
 * Ctrl-C whatever the other one is at. A policy that ends "the process" ends its thread only, and is told of.
 */
export function executeApart(name: string, words: readonly string[]): void {
  const willing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const showsProgress = process.stderr.isTTY === true;
  const command: Handed = { name, words, width: outputWidth(), showsProgress, willing };
  const thread = new Worker(new URL("./commandThread.js", import.meta.url), { workerData: { command } });
  let ended = false;
  process.on("SIGINT", () => {
    if (Atomics.exchange(willing, 0, 0) === 1) return thread.postMessage(INTERRUPT, []);
    ended = true;
    void leaveWith(thread);
  });
  process.off("SIGINT", leave);
  thread.on("message", (told: Told) => {
    if (told === "ended") ended = true;
    else showProgress(told.progress);
  });
  thread.on("error", (error) => {
    ended = true;
    showProgress(undefined);
    fail(error);
  });
  thread.on("exit", (code) => {
    showProgress(undefined);
    if (!ended) fail(new Error("The command was ended from within before it was done: something called process.exit."));
    else process.exitCode ??= code;
  });
}

/** Ends the process at once; by the signal itself where the thread would keep it from ending, which shells report as the same code. */
async function leaveWith(thread: Worker): Promise<void> {
  process.removeAllListeners("SIGINT");
  setTimeout(() => process.kill(process.pid, "SIGINT"), MAX_END);
  await thread.terminate();
  leave();
}
