import { escapeControls } from "../check/escapeControls.js";

/** Returns items in a row, `gap` between them, broken at `width` characters; further lines are indented. Safe to print. */
export function wrap(items: readonly string[], width: number, gap = " ", indent = 0): string {
  const [first = "", ...others] = items.map(escapeControls);
  const lines = [first];
  for (const item of others) {
    const longer = lines.at(-1) + gap + item;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(" ".repeat(indent) + item);
  }
  return lines.join("\n");
}
