/**
 * A value as one indented JSON document, lists of numbers on one line.
 * Numbers that JSON cannot hold are written as the strings "Infinity", "-Infinity" and "NaN".
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, keepNumber, 2);
  // A list without quotes or brackets in it holds numbers only; JSON strings never hold a line break, so they stay.
  return text.replace(/\[[^[\]{}"]*\]/g, joinLines);
}

function keepNumber(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function joinLines(list: string): string {
  return list
    .replace(/\[\s*\n\s*/, "[")
    .replace(/\s*\n\s*\]/, "]")
    .replace(/,\s*\n\s*/g, ", ");
}
