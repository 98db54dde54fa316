import { InvalidInput } from "../check/invalidInput.js";

/** Does the work. Mistakes that begin with an option of the API are told of by the flag that stands for it. */
export async function inFlags(flags: Readonly<Record<string, string>>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const mistakes = error.mistakes.map((mistake) => {
      return mistake.replace(/^"(\w+)"/, (quoted, name: string) =>
        Object.hasOwn(flags, name) ? `"--${flags[name]}"` : quoted,
      );
    });
    throw new InvalidInput(mistakes);
  }
}
