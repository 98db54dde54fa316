import { tell, thread, type Progress } from "./thread.js";

/** Called with how much is done, and of how much if that has changed. */
export type OnProgress = (done: number, total?: number) => void;

/**
 * Runs `work` with a progress bar on stderr, which is gone when the work ends or is interrupted.
 * No bar where stderr is not a terminal. `total` counts what there is to do, in `unit`.
 */
export async function withProgress<T>(
  total: number,
  work: (onProgress: OnProgress) => Promise<T>,
  unit = "users",
): Promise<T> {
  const shown = thread === undefined ? process.stderr.isTTY === true : thread.showsProgress;
  if (!shown) return work(() => {});
  const show =
    thread === undefined
      ? (await import("./progressBar.js")).showProgress
      : (progress: Progress): void => tell({ progress });
  show({ done: 0, total, unit });
  try {
    return await work((done, newTotal = total) => show({ done, total: newTotal, unit }));
  } finally {
    show(undefined);
  }
}
