import { INTERRUPT, thread } from "./thread.js";

/** Exit code that shells report for Ctrl-C. */
const INTERRUPTED = 130;

/** Ends the command at once, with the exit code of an interruption. */
export function exitInterrupted(): void {
  process.exit(INTERRUPTED);
}

/**
 * Runs work that ends when its signal is aborted: the first Ctrl-C aborts the signal, the next one, or one after the work, ends the
 * command at once. The exit code is then that of an interruption.
 */
export async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    process.exitCode = INTERRUPTED;
    controller.abort(new Error("Interrupted before anything was finished."));
  };
  const stopListening = thread === undefined ? listenToSignals(abort) : listenToMainThread(thread, abort);
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}

function listenToSignals(abort: () => void): () => void {
  const abortOnce = (): void => {
    abort();
    listen(exitInterrupted, abortOnce);
  };
  listen(abortOnce, exitInterrupted);
  return () => listen(exitInterrupted, abortOnce);
}

/** Replaces the handler of Ctrl-C; adds the new one first, because a signal without a handler is lost or kills the process. */
function listen(now: () => void, before: () => void): void {
  if (!process.listeners("SIGINT").includes(now)) process.on("SIGINT", now);
  process.off("SIGINT", before);
}

/** Calls `abort` for the first signal, which the main thread passes on: see executeInThread.ts. */
function listenToMainThread({ port, interruptible }: NonNullable<typeof thread>, abort: () => void): () => void {
  const onMessage = (message: unknown): void => {
    if (message === INTERRUPT) abort();
  };
  port.on("message", onMessage);
  port.unref(); // listening does not keep the thread running
  Atomics.store(interruptible, 0, 1);
  return () => {
    Atomics.store(interruptible, 0, 0);
    port.off("message", onMessage);
  };
}
