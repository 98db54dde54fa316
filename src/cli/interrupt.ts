import { INTERRUPT, thread } from "./thread.js";

/** What a shell reports for Ctrl-C. */
const INTERRUPTED = 130;

/** Ends the command at once. */
export function leave(): void {
  process.exit(INTERRUPTED);
}

/**
 * Work that ends itself when asked to: the first Ctrl-C aborts the signal, the next one ends the command at once, as one
 * after the work does. The exit code is then that of an interruption.
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
    listen(leave, abortOnce);
  };
  listen(abortOnce, leave);
  return () => listen(leave, abortOnce);
}

/** Has Ctrl-C do the one thing, and no longer the other; in this order, for a signal that nobody listens to is lost or kills. */
function listen(now: () => void, before: () => void): void {
  if (!process.listeners("SIGINT").includes(now)) process.on("SIGINT", now);
  process.off("SIGINT", before);
}

/** Signals come to the main thread, which passes the first one on: see apart.ts. */
function listenToMainThread({ port, willing }: NonNullable<typeof thread>, abort: () => void): () => void {
  const hear = (message: unknown): void => {
    if (message === INTERRUPT) abort();
  };
  port.on("message", hear);
  port.unref(); // to listen is no reason to live on
  Atomics.store(willing, 0, 1);
  return () => {
    Atomics.store(willing, 0, 0);
    port.off("message", hear);
  };
}
