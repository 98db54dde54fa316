/** The result, on stdout; notes and mistakes go to stderr. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Characters per line of the terminal that reads stdout; without bound when a file or a pipe does. */
export function outputWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns || 80 : Infinity;
}
