const CLEAR_LINE = "\r\u001B[K";

/** One line on a terminal's stderr, written over again; nothing elsewhere. */
export function showProgress(round: number, rounds: number): void {
  const text = round === 0 ? "warming up" : `round ${round} of ${rounds}`;
  if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE + text);
}

export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE);
}
