import { setImmediate } from "node:timers/promises";

/** Between rests; short enough for a Ctrl-C and for a progress bar. */
const MAX_MS = 50;

/** Lets the event loop in now and then, so that a long run can be watched and stopped. */
export class Pace {
  private readonly signal: AbortSignal | undefined;
  private readonly onRest: () => void;
  private last = performance.now();

  constructor(signal: AbortSignal | undefined, onRest: () => void) {
    this.signal = signal;
    this.onRest = onRest;
  }

  isDue(): boolean {
    return performance.now() - this.last >= MAX_MS;
  }

  /** Throws the signal's reason once it is aborted. */
  async rest(): Promise<void> {
    this.onRest();
    await setImmediate();
    this.signal?.throwIfAborted();
    this.last = performance.now();
  }
}
