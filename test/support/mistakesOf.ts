import { InvalidInput } from "../../src/index.js";

/** The mistakes that a call complains of. */
export async function mistakesOf(call: () => unknown): Promise<readonly string[]> {
  try {
    await call();
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
  return [];
}
