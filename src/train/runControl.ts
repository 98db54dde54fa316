import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";

/** Progress and interruption of a run. */
export interface RunControl {
  /** Called from time to time, and at the end of each part of the run, with the steps and episodes so far. */
  readonly onProgress?: (progress: { readonly steps: number; readonly episodes: number }) => void;
  /** Ends the run early when aborted; the summary then holds what is finished. */
  readonly signal?: AbortSignal;
}

/** Reads the control once. Throws `InvalidInput`. */
export function readControl(given: RunControl): RunControl {
  refuse([objectMistake("control", given)]);
  const { onProgress, signal } = given;
  refuse(controlMistakes(onProgress, signal));
  return { ...(onProgress && { onProgress }), ...(signal && { signal }) };
}

/** Returns the errors of a callback and a signal, either of which may be left out. */
export function controlMistakes(onProgress: unknown, signal: AbortSignal | undefined): (string | undefined)[] {
  return [
    onProgress === undefined || typeof onProgress === "function"
      ? undefined
      : expectedMistake("onProgress", "a function", onProgress),
    signal === undefined || typeof signal?.throwIfAborted === "function"
      ? undefined
      : expectedMistake("signal", "an AbortSignal", signal),
  ];
}

/** The part of the results that depends on the machine, and therefore is in no file. */
export interface Timing {
  readonly seconds: number;
  /** RecSim's TimePerStep, in seconds; NaN if no step was left to simulate. */
  readonly timePerStep: number;
}

/** Runs the work until it ends or the signal is aborted. Returns a function from the number of steps to the timing. */
export async function finish({ signal }: RunControl, work: () => Promise<void>): Promise<(steps: number) => Timing> {
  const begun = performance.now();
  try {
    await work();
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
  }
  const seconds = (performance.now() - begun) / 1000;
  return (steps) => ({ seconds, timePerStep: steps === 0 ? NaN : seconds / steps });
}
