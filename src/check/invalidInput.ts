import { escapeControls } from "./escapeControls.js";

/** More than this nobody reads: whatever makes so many mistakes made one of them many times. */
const MAX_LISTED = 20;

/**
 * Thrown at every public door when the caller's input cannot be used.
 * `mistakes` holds one sentence for each thing that is wrong, and `message` is the same, one a line:
 * a caller who fixes them all does not have to come back for the next one. Where there are very many, the last
 * sentence says how many were left out. Names and texts of others that they quote are safe to print.
 */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  readonly errors: readonly string[];

  constructor(mistakes: readonly string[]) {
    const told = firstFew(mistakes, MAX_LISTED).map(escapeControls);
    super(told.join("\n"));
    this.errors = Object.freeze(told);
  }
}

/** Whether that was thrown at a door: whatever else somebody's own code throws is no such thing, proxies that throw included. */
export function isInvalidInput(thrown: unknown): thrown is InvalidInput {
  try {
    return thrown instanceof InvalidInput;
  } catch {
    return false;
  }
}

/** The first of them, and how many more there are, if there are more than `most`. */
export function firstFew(mistakes: readonly string[], most: number): string[] {
  const untold = mistakes.length - most;
  return untold <= 0 ? [...mistakes] : [...mistakes.slice(0, most), `and ${untold} more`];
}
