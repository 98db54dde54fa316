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
    listen(leave, abort);
  };
  listen(abort, leave);
  try {
    return await work(controller.signal);
  } finally {
    listen(leave, abort);
  }
}

/** Has Ctrl-C do the one thing, and no longer the other; in this order, for a signal that nobody listens to is lost or kills. */
function listen(now: () => void, before: () => void): void {
  if (!process.listeners("SIGINT").includes(now)) process.on("SIGINT", now);
  process.off("SIGINT", before);
}
