/**
 * Thrown at every public door when the caller's input cannot be used.
 * `mistakes` holds one sentence for each thing that is wrong, and `message` is the same, one a line:
 * a caller who fixes them all does not have to come back for the next one.
 */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.mistakes = Object.freeze([...mistakes]);
  }
}
