/** What a shell reports for Ctrl-C. */
const INTERRUPTED = 130;

/** Ends the command at once. */
export function leave(): void {
  process.exit(INTERRUPTED);
}

/**
 * Work that ends itself when asked to: the first Ctrl-C aborts the signal, the next one ends the command at once. The exit
 * code is then that of an interruption.
 */
export async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    process.exitCode = INTERRUPTED;
    controller.abort();
    process.on("SIGINT", leave);
  };
  process.off("SIGINT", leave);
  process.once("SIGINT", abort);
  return work(controller.signal);
}
