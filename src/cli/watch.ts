import type { RunControl } from "../train/index.js";
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
