import { showValue } from "./showValue.js";

/** Returns as text what user code threw: any value, also one that cannot be converted. */
export function reasonOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return showValue(thrown);
  }
}
