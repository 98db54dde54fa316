import { setImmediate } from "node:timers/promises";

/** Milliseconds between pauses; short enough for a Ctrl-C and for a progress bar. */
const MAX_MS = 50;

/** Yields to the event loop from time to time, so that a long run can be watched and stopped. */
export class Yielder {
  private readonly signal: AbortSignal | undefined;
  private readonly onPause: () => void;
  private last = performance.now();

  constructor(signal: AbortSignal | undefined, onPause: () => void) {
    this.signal = signal;
    this.onPause = onPause;
  }

  isDue(): boolean {
    return performance.now() - this.last >= MAX_MS;
  }

  /** Yields to the event loop. Throws the signal's reason once it is aborted. */
  async pause(): Promise<void> {
    this.onPause();
    await setImmediate();
    this.signal?.throwIfAborted();
    this.last = performance.now();
  }
}
