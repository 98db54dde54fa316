import { escapeInLines } from "../check/escapeControls.js";
import { thread } from "./thread.js";

/** Prints the result to stdout; notes and errors go to stderr. */
export function print(text: string): void {
  process.stdout.write(`${escapeInLines(text)}\n`);
}

/** Prints a line to stderr. */
export function note(text: string): void {
  process.stderr.write(`${escapeInLines(text)}\n`);
}

/** Returns the characters per line of the terminal behind stdout; Infinity for a file or a pipe. */
export function outputWidth(): number {
  if (thread !== undefined) return thread.width;
  return process.stdout.isTTY ? process.stdout.columns || 80 : Infinity;
}
