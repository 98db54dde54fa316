import { InvalidInput } from "../check/invalidInput.js";

/** Calls `create`. Appends the errors of an `InvalidInput` to `mistakes` and returns undefined; rethrows any other error. */
export function collectErrors<T>(mistakes: string[], create: () => T): T | undefined {
  try {
    return create();
  } catch (error) {
    return note(mistakes, error);
  }
}

/** Does the work of `collectErrors` for an asynchronous `create`. */
export async function collectErrorsAsync<T>(mistakes: string[], create: () => Promise<T>): Promise<T | undefined> {
  try {
    return await create();
  } catch (error) {
    return note(mistakes, error);
  }
}

function note(mistakes: string[], error: unknown): undefined {
  if (!(error instanceof InvalidInput)) throw error;
  mistakes.push(...error.errors);
}
