import { showValue } from "./showValue.js";

/** What somebody's own code threw, as a text: that may be anything, also what no text can be made of. */
export function reasonOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return showValue(thrown);
  }
}
