/** Seconds after which an older speed counts for a third. */
const MEMORY = 10;

/** How fast work goes, evenly enough that the time left does not jump. Times are in seconds. */
export class Pace {
  private time: number;
  private done: number;
  private speed: number | undefined;

  constructor(time: number, done: number) {
    this.time = time;
    this.done = done;
  }

  /** So much is done by now. */
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

/** `40 s left`, `3 min left`, `2 h left`: no finer than can be known; nothing where nothing is known. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 90) return `${seconds < 10 ? Math.ceil(seconds) : 5 * Math.ceil(seconds / 5)} s left`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min left` : `${Math.round(seconds / 3600)} h left`;
}
