import type { RunControl, Timing } from "../train/index.js";
import { describeSpeed } from "./describeTraining.js";
import { withInterrupt } from "./interrupt.js";
import { withProgress } from "./progress.js";

/** Runs training or evaluation with a progress bar; Ctrl-C ends it early. `total` is the amount of work, in `unit`. */
export function runTraining<Summary>(
  run: (control: RunControl) => Promise<Summary>,
  total: number,
  unit: "steps" | "episodes",
): Promise<Summary> {
  return withInterrupt((signal) => {
    return withProgress(total, (show) => run({ signal, onProgress: (progress) => show(progress[unit]) }), unit);
  });
}

/** Prints the speed to a terminal. It is no part of the result, which is the same on every machine. */
export function printSpeed(timing: Timing): void {
  const speed = describeSpeed(timing);
  if (process.stderr.isTTY && speed !== undefined) process.stderr.write(`${speed}\n`);
}
