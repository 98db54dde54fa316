/** Seconds after which an older speed counts for a third. */
const MEMORY = 10;

/** Estimates the speed of work, smoothed so that the time left does not jump. Times are in seconds. */
export class Pace {
  private time: number;
  private done: number;
  private speed: number | undefined;

  constructor(time: number, done: number) {
    this.time = time;
    this.done = done;
  }

  /** Records how much is done at `time`. */
  add(time: number, done: number): void {
    const passed = time - this.time;
    if (passed <= 0) return;
    const latest = Math.max(done - this.done, 0) / passed;
    const weight = 1 / (1 + passed / MEMORY);
    this.speed = this.speed === undefined ? latest : weight * this.speed + (1 - weight) * latest;
    this.time = time;
    this.done = done;
  }

  get perSecond(): number {
    return this.speed ?? 0;
  }
}

/** Returns `40 s left`, `3 min left`, `2 h left`, as coarse as the estimate; an empty text if there is no estimate. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 90) return `${seconds < 10 ? Math.ceil(seconds) : 5 * Math.ceil(seconds / 5)} s left`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min left` : `${Math.round(seconds / 3600)} h left`;
}
