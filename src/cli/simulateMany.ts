import type { BlockStore, RunOptions } from "../index.js";
import { maxUsersOf } from "../montecarlo/options.js";
import { withInterrupt } from "./interrupt.js";
import { withProgress } from "./progress.js";

/**
 * Simulates many users with a progress bar. Ctrl-C ends it with the users that are finished. A simulation that was not interrupted
 * writes `result.json` beside the blocks of `--out`.
 */
export async function simulateMany<Result extends { readonly timing: unknown; readonly interrupted?: true }>(
  simulation: (control: Pick<RunOptions, "onProgress" | "signal" | "store">) => Promise<Result>,
  options: RunOptions,
  out?: { readonly folder: string; readonly store: BlockStore },
): Promise<Result> {
  const store = out === undefined ? {} : { store: out.store };
  const result = await withInterrupt((signal) =>
    withProgress(maxUsersOf(options), (onProgress) => simulation({ onProgress, signal, ...store })),
  );
  if (out !== undefined && result.interrupted !== true) {
    const { writeResult } = await import("./outFolder.js"); // most runs do not need it
    writeResult(out.folder, result);
  }
  return result;
}
