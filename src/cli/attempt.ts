import { InvalidInput } from "../check/invalidInput.js";

/** Knocks at a door of the API: what it refuses goes on the list and yields undefined, other errors go on up. */
export function attempt<T>(mistakes: string[], door: () => T): T | undefined {
  try {
    return door();
  } catch (error) {
    return note(mistakes, error);
  }
}

/** The same at a door that takes its time. */
export async function attemptAsync<T>(mistakes: string[], door: () => Promise<T>): Promise<T | undefined> {
  try {
    return await door();
  } catch (error) {
    return note(mistakes, error);
  }
}

function note(mistakes: string[], error: unknown): undefined {
  if (!(error instanceof InvalidInput)) throw error;
  mistakes.push(...error.errors);
}
