import { join } from "node:path";
import { writeWhole } from "../files/wholeFile.js";
import type { BlockStore, RunOptions } from "../index.js";
import { mostUsers } from "../montecarlo/options.js";
import { toJson } from "../report/json.js";
import { withInterrupt } from "./interrupt.js";
import { RESULT } from "./outFolder.js";
import { withProgress } from "./progress.js";

/**
 * Lives many users with a progress bar. Ctrl-C ends it with the users that are finished. What has ended by itself leaves
 * `result.json` beside the blocks of `--out`.
 */
export async function live<Result extends { readonly timing: unknown; readonly interrupted?: true }>(
  simulation: (control: Pick<RunOptions, "onProgress" | "signal" | "store">) => Promise<Result>,
  options: RunOptions,
  out?: { readonly folder: string; readonly store: BlockStore },
): Promise<Result> {
  const store = out === undefined ? {} : { store: out.store };
  const result = await withInterrupt((signal) =>
    withProgress(mostUsers(options), (onProgress) => simulation({ onProgress, signal, ...store })),
  );
  if (out !== undefined && result.interrupted !== true) {
    const { timing: _timing, ...lasting } = result;
    writeWhole(join(out.folder, RESULT), `${toJson(lasting)}\n`);
  }
  return result;
}
