import { escapeControls } from "./escapeControls.js";

/** Maximal number of errors listed: more have few causes. */
const MAX_LISTED = 20;

/**
 * Thrown by every function of the public API whose input is invalid. `errors` holds one sentence for each error, and `message` the
 * same sentences, one a line, so that all errors can be fixed at once. If there are very many, the last sentence gives the number
 * omitted. Names and texts of user code in them are safe to print.
 */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  readonly errors: readonly string[];

  constructor(mistakes: readonly string[]) {
    const listed = firstFew(mistakes, MAX_LISTED).map(escapeControls);
    super(listed.join("\n"));
    this.errors = Object.freeze(listed);
  }
}

/** Returns whether the value is an `InvalidInput`; false for anything else that user code throws, including proxies that throw. */
export function isInvalidInput(thrown: unknown): thrown is InvalidInput {
  try {
    return thrown instanceof InvalidInput;
  } catch {
    return false;
  }
}

/** Returns the first `most` sentences, and the number of further ones. */
export function firstFew(mistakes: readonly string[], most: number): string[] {
  const omitted = mistakes.length - most;
  return omitted <= 0 ? [...mistakes] : [...mistakes.slice(0, most), `and ${omitted} more`];
}
