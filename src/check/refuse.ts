import { InvalidInput } from "./invalidInput.js";

/** The door: throws one `InvalidInput` with all the mistakes, or lets the caller in. */
export function refuse(mistakes: readonly (string | undefined)[]): void {
  const said = mistakes.filter((mistake) => mistake !== undefined);
  if (said.length > 0) throw new InvalidInput(said);
}
