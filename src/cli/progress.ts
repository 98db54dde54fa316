import { postToMain, thread, type Progress } from "./thread.js";

/** Called with the amount done, and with total and unit if they have changed. */
export type OnProgress = (done: number, total?: number, unit?: string) => void;

/**
 * Runs `work` with a progress bar on stderr, which is removed when the work ends or is interrupted. Shows no bar if stderr is not a
 * terminal. `total` is the amount of work, in `unit`.
 */
export async function withProgress<T>(
  total: number,
  work: (onProgress: OnProgress) => Promise<T>,
  unit = "users",
): Promise<T> {
  const isVisible = thread === undefined ? process.stderr.isTTY === true : thread.showsProgress;
  if (!isVisible) return work(() => {});
  const show =
    thread === undefined
      ? (await import("./progressBar.js")).showProgress
      : (progress: Progress): void => postToMain({ progress });
  show({ done: 0, total, unit });
  try {
    return await work((done, newTotal = total, newUnit = unit) => show({ done, total: newTotal, unit: newUnit }));
  } finally {
    show(undefined);
  }
}
