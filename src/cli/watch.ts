import type { RunControl, Timing } from "../train/index.js";
import { describeSpeed } from "./describeTraining.js";
import { withInterrupt } from "./interrupt.js";
import { withProgress } from "./progress.js";

/** A run of `src/train` with a progress bar, which Ctrl-C ends early. `total` is how much there is to do, in `unit`. */
export function watch<Summary>(
  run: (control: RunControl) => Promise<Summary>,
  total: number,
  unit: "steps" | "episodes",
): Promise<Summary> {
  return withInterrupt((signal) => {
    return withProgress(total, (show) => run({ signal, onProgress: (progress) => show(progress[unit]) }), unit);
  });
}

/** Tells a terminal how fast it was. That is no part of the result, which is the same on every machine. */
export function tellSpeed(timing: Timing): void {
  const speed = describeSpeed(timing);
  if (process.stderr.isTTY && speed !== undefined) process.stderr.write(`${speed}\n`);
}
