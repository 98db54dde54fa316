import type { BlockStore, RunOptions } from "../index.js";
import { maxUsersOf } from "../montecarlo/options.js";
import type { ShardControl } from "../records/index.js";
import type { ThroughShards } from "./command.js";
import { withInterrupt } from "./interrupt.js";
import { withProgress } from "./progress.js";

/**
 * Simulates many users with a progress bar. Ctrl-C ends it with the users that are finished. A simulation that was not interrupted
 * writes `result.json` beside the blocks of `--out`. Returns undefined where shards have no result.
 */
export async function simulateMany<Result extends { readonly timing: unknown; readonly interrupted?: true }>(
  simulation: (
    control: Pick<RunOptions, "onProgress" | "signal" | "store"> & Partial<Omit<ShardControl, "store">>,
  ) => Promise<Result>,
  options: RunOptions,
  out?: { readonly folder: string; readonly store: BlockStore },
  through?: ThroughShards,
): Promise<Result | undefined> {
  const store = out === undefined ? {} : { store: out.store };
  const result = await withInterrupt((signal) =>
    withProgress(maxUsersOf(options), (onProgress) => {
      const control = { onProgress, signal, ...store };
      return through === undefined
        ? simulation(control)
        : through((shardControl) => simulation({ ...control, ...shardControl }));
    }),
  );
  if (out !== undefined && result !== undefined && result.interrupted !== true) {
    const { writeResult } = await import("./outFolder.js"); // most runs do not need it
    writeResult(out.folder, result);
  }
  return result;
}
