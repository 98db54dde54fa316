import { InvalidInput } from "../../src/index.js";

/** The mistakes that a call complains of; the built package has a class of its own for them. */
export async function mistakesOf(call: () => unknown, Complaint = InvalidInput): Promise<readonly string[]> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Complaint) return error.errors;
    throw error;
  }
  return [];
}
