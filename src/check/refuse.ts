import { InvalidInput } from "./invalidInput.js";

/** Throws one `InvalidInput` with all errors; does nothing if there are none. */
export function refuse(mistakes: readonly (string | undefined)[]): void {
  const said = mistakes.filter((mistake) => mistake !== undefined);
  if (said.length > 0) throw new InvalidInput(said);
}
