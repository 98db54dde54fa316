import { parseHTML } from "linkedom";

/** A document of its own, that Plot makes elements with; nothing of the process is touched. */
export function openDocument(): Document {
  return parseHTML("<html></html>").document;
}
