import { InvalidInput } from "../index.js";

/** Knocks at a door of the API: what it refuses goes on the list and yields undefined, other errors go on up. */
export function attempt<T>(mistakes: string[], door: () => T): T | undefined {
  try {
    return door();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.mistakes);
    return undefined;
  }
}
