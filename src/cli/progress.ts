/** Work that ends sooner shows no bar. */
const PATIENCE_MS = 2000;

/** Called with the number of users simulated so far. */
export type OnProgress = (usersDone: number) => void;

interface Bar {
  start(total: number, startValue: number): void;
  update(value: number): void;
  stop(): void;
}

/**
 * Runs `work` with a progress bar on stderr, which is gone when the work ends or is interrupted.
 * No bar where stderr is not a terminal. `total` counts the users to simulate.
 */
export async function withProgress<T>(total: number, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work(() => {});
  const bar = await openBar();
  const stop = (): void => bar.stop();
  process.once("exit", stop);
  try {
    return await work(lateStarter(bar, total));
  } finally {
    stop();
    process.off("exit", stop);
  }
}

async function openBar(): Promise<Bar> {
  const { default: cliProgress } = await import("cli-progress");
  return new cliProgress.SingleBar({
    format: "{bar} {percentage} % of {total} users, {eta_formatted} left",
    formatValue: (value) => new Intl.NumberFormat("en-US").format(value),
    barsize: 24,
    clearOnComplete: true,
    linewrap: true, // cuts the line at the terminal's edge and leaves the terminal's own setting alone
  });
}

function lateStarter(bar: Bar, total: number): OnProgress {
  const begun = performance.now();
  let started = false;
  return (usersDone) => {
    if (!started && performance.now() - begun < PATIENCE_MS) return;
    if (!started) bar.start(total, usersDone);
    started = true;
    bar.update(usersDone);
  };
}
