import { escapeInLines } from "../check/escapeControls.js";
import { thread } from "./thread.js";

/** The result, on stdout; notes and mistakes go to stderr. */
export function print(text: string): void {
  process.stdout.write(`${escapeInLines(text)}\n`);
}

/** A line on stderr beside the result. */
export function note(text: string): void {
  process.stderr.write(`${escapeInLines(text)}\n`);
}

/** Characters per line of the terminal that reads stdout; without bound when a file or a pipe does. */
export function outputWidth(): number {
  if (thread !== undefined) return thread.width;
  return process.stdout.isTTY ? process.stdout.columns || 80 : Infinity;
}
