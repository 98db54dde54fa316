/** Work that ends sooner shows no bar. */
const PATIENCE_MS = 2000;

/** Called with how much is done, and of how much if that has changed. */
export type OnProgress = (done: number, total?: number) => void;

interface Bar {
  start(total: number, startValue: number, payload: { readonly rate: string }): void;
  update(value: number, payload: { readonly rate: string }): void;
  setTotal(total: number): void;
  stop(): void;
}

/**
 * Runs `work` with a progress bar on stderr, which is gone when the work ends or is interrupted.
 * No bar where stderr is not a terminal. `total` counts what there is to do, in `unit`.
 */
export async function withProgress<T>(
  total: number,
  work: (onProgress: OnProgress) => Promise<T>,
  unit = "users",
): Promise<T> {
  if (!process.stderr.isTTY) return work(() => {});
  const bar = await openBar(unit);
  const stop = (): void => bar.stop();
  process.once("exit", stop);
  try {
    return await work(lateStarter(bar, total));
  } finally {
    stop();
    process.off("exit", stop);
  }
}

async function openBar(unit: string): Promise<Bar> {
  const { default: cliProgress } = await import("cli-progress");
  return new cliProgress.SingleBar({
    format: `{bar} {percentage} % of {total} ${unit}, {rate} ${unit} a second, {eta_formatted} left`,
    formatValue: (value) => new Intl.NumberFormat("en-US").format(value),
    barsize: 24,
    clearOnComplete: true,
    linewrap: true, // cuts the line at the terminal's edge and leaves the terminal's own setting alone
  });
}

function lateStarter(bar: Bar, total: number): OnProgress {
  const begun = performance.now();
  let started = false;
  return (done, newTotal = total) => {
    const passed = performance.now() - begun;
    if (!started && passed < PATIENCE_MS) return;
    const payload = { rate: new Intl.NumberFormat("en-US").format(Math.round((1000 * done) / passed)) };
    if (!started) bar.start(newTotal, done, payload);
    started = true;
    bar.setTotal(newTotal);
    bar.update(done, payload);
  };
}
