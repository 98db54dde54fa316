import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";

/** How a run is watched and stopped. */
export interface RunControl {
  /** Called now and then, and whenever something is finished, with what was lived so far. */
  readonly onProgress?: (progress: { readonly steps: number; readonly episodes: number }) => void;
  /** Once aborted, the run ends early and says in its summary how far it came. */
  readonly signal?: AbortSignal;
}

/** The control, read once. Throws `InvalidInput`. */
export function readControl(given: RunControl): RunControl {
  refuse([objectMistake("control", given)]);
  const { onProgress, signal } = given;
  refuse([
    onProgress === undefined || typeof onProgress === "function"
      ? undefined
      : expectedMistake("onProgress", "a function", onProgress),
    signal === undefined || typeof signal?.throwIfAborted === "function"
      ? undefined
      : expectedMistake("signal", "an AbortSignal", signal),
  ]);
  return { ...(onProgress && { onProgress }), ...(signal && { signal }) };
}

/** What depends on the machine, and so is in no file. */
export interface Timing {
  readonly seconds: number;
  /** RecSim's TimePerStep, in seconds; NaN when no step was left to live. */
  readonly timePerStep: number;
}

/** Does the work, or as much as the signal leaves time for. */
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
